/**
 * What a file of dashboards/ may say. The SDK leaves open what depends on the plugin of a panel (`any`); here each of the
 * panels we use has the options and the field configuration of its own plugin, and Prometheus queries alone.
 */
import type * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import type { DataLink, MatcherScope } from "@grafana/grafana-foundation-sdk/dashboardv2";
import type * as heatmap from "@grafana/grafana-foundation-sdk/heatmap";
import type * as nodegraph from "@grafana/grafana-foundation-sdk/nodegraph";
import type * as prometheus from "@grafana/grafana-foundation-sdk/prometheus";
import type * as stat from "@grafana/grafana-foundation-sdk/stat";
import type * as statetimeline from "@grafana/grafana-foundation-sdk/statetimeline";
import type * as table from "@grafana/grafana-foundation-sdk/table";
import type * as text from "@grafana/grafana-foundation-sdk/text";
import type * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";

export interface Dashboard extends Omit<dashboard.Dashboard, "panels" | "templating" | "snapshot"> {
  panels: Panel[];
  templating: { list: Variable[] };
}

/** @discriminator type */
export type Panel = TimeSeries | Stat | Table | StateTimeline | Heatmap | NodeGraph | Text | Row;

interface Common
  extends Omit<dashboard.Panel, "type" | "targets" | "datasource" | "transformations" | "options" | "fieldConfig" | "libraryPanel"> {
  id: number;
  title: string;
  description: string;
  gridPos: dashboard.GridPos;
}

interface Querying extends Common {
  datasource: DataSource;
  targets: Query[];
  transformations?: Transformation[];
}

export interface TimeSeries extends Querying {
  type: "timeseries";
  options: TimeSeriesOptions;
  fieldConfig: FieldConfig<TimeSeriesField>;
}

export interface Stat extends Querying {
  type: "stat";
  options: StatOptions;
  fieldConfig: FieldConfig<Record<string, never>>;
}

export interface Table extends Querying {
  type: "table";
  options: TableOptions;
  fieldConfig: FieldConfig<TableField>;
}

export interface StateTimeline extends Querying {
  type: "state-timeline";
  options: StateTimelineOptions;
  fieldConfig: FieldConfig<StateTimelineField>;
}

export interface Heatmap extends Querying {
  type: "heatmap";
  options: HeatmapOptions;
  fieldConfig: FieldConfig<HeatmapField>;
}

export interface NodeGraph extends Querying {
  type: "nodeGraph";
  options: NodeGraphOptions;
  fieldConfig: FieldConfig<Record<string, never>>;
}

export interface Text extends Common {
  type: "text";
  options: TextOptions;
}

/** A line between panels; what it would hide when collapsed stands below it. */
export interface Row extends Omit<dashboard.RowPanel, "panels" | "datasource"> {
  gridPos: dashboard.GridPos;
  panels: never[];
}

// Each plugin calls its own "Options" and "FieldConfig"; a schema needs names that differ.
interface TimeSeriesOptions extends timeseries.Options {}
interface TimeSeriesField extends timeseries.FieldConfig {}
interface StatOptions extends stat.Options {}
interface TableOptions extends table.Options {}
interface TableField extends table.FieldConfig {}
interface StateTimelineOptions extends statetimeline.Options {}
interface StateTimelineField extends statetimeline.FieldConfig {}
interface HeatmapOptions extends heatmap.Options {}
interface HeatmapField extends heatmap.FieldConfig {}
interface NodeGraphOptions extends nodegraph.Options {}
interface TextOptions extends text.Options {}

interface DataSource {
  type: "prometheus";
  uid: string;
}

/** The SDK marks its queries by a method, which JSON has not. */
export interface Query extends Omit<prometheus.Dataquery, "_implementsDataqueryVariant" | "datasource"> {
  refId: string;
}

interface Standard extends Omit<dashboard.FieldConfig, "links" | "custom"> {
  links?: DataLink[];
}

interface FieldConfig<Custom> {
  defaults: Standard & { custom?: Custom };
  overrides: { matcher: Matcher; properties: (StandardProperty | CustomProperty<Custom>)[] }[];
}

type StandardProperty = { [K in keyof Standard]-?: { id: K; value: Standard[K] } }[keyof Standard];
type CustomProperty<Custom> = { [K in keyof Custom]-?: { id: OfPlugin<K>; value: Custom[K] } }[keyof Custom];
type OfPlugin<Name> = Name extends string ? `custom.${Name}` : never;

interface Matcher {
  id: "byName" | "byRegexp" | "byFrameRefID";
  options: string;
  /** What came after the classic model: a link on an exemplar is one on a field of its frame. */
  scope?: MatcherScope;
}

/** Their options are part of Grafana's code, not of its schema. */
export type Transformation =
  | { id: "merge"; options: Record<string, never> }
  | { id: "joinByField"; options: { byField: string; mode: "outer" | "inner" } }
  | { id: "organize"; options: Organize };

interface Organize {
  excludeByName: Record<string, boolean>;
  indexByName: Record<string, number>;
  renameByName: Record<string, string>;
}

interface Variable extends Omit<dashboard.VariableModel, "query"> {
  query: string | LabelValues;
}

/** What Grafana's editor for variables saves of a label_values(SERIES, LABEL). */
interface LabelValues {
  qryType: 1;
  query: string;
  refId: "PrometheusVariableQueryEditor-VariableQuery";
}
