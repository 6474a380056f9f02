package dev.meshpath.telemetry.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The series of /metrics in OTLP's model, under the names that a scrape shows: a counter is a
 * cumulative monotonic sum, an info a gauge of 1. The unit stays a part of the name and is given
 * nowhere else, so that no receiver appends it a second time.
 */
public final class SnapshotMetrics implements MetricProducer {
  private static final InstrumentationScopeInfo SCOPE =
      InstrumentationScopeInfo.create(OtlpExport.SCOPE);
  private static final String NO_UNIT = "";

  private final Supplier<MetricSnapshots> series;
  private final Clock clock;
  private final long startNs;

  /** A metric as the SDK wants it: what the components are called are its methods. */
  private record Metric(
      Resource getResource,
      InstrumentationScopeInfo getInstrumentationScopeInfo,
      String getName,
      String getDescription,
      String getUnit,
      MetricDataType getType,
      Data<?> getData)
      implements MetricData {}

  /**
   * @param series all series as they are when asked; their counters began at 0 no earlier than now
   */
  public SnapshotMetrics(Supplier<MetricSnapshots> series) {
    this(series, Clock.getDefault());
  }

  SnapshotMetrics(Supplier<MetricSnapshots> series, Clock clock) {
    this.series = series;
    this.clock = clock;
    startNs = clock.now();
  }

  @Override
  public Collection<MetricData> produce(Resource resource) {
    List<MetricData> metrics = new ArrayList<>();
    MetricSnapshots now = series.get();
    long nowNs = clock.now();
    for (MetricSnapshot snapshot : now) {
      metrics.add(metric(resource, snapshot, nowNs));
    }
    return metrics;
  }

  private MetricData metric(Resource resource, MetricSnapshot snapshot, long nowNs) {
    return switch (snapshot) {
      case CounterSnapshot counter ->
          named(
              resource,
              counter,
              "_total",
              MetricDataType.DOUBLE_SUM,
              SumData.createDoubleSumData(
                  true,
                  AggregationTemporality.CUMULATIVE,
                  points(
                      counter.getDataPoints(),
                      CounterSnapshot.CounterDataPointSnapshot::getValue,
                      nowNs)));
      case GaugeSnapshot gauge ->
          named(
              resource,
              gauge,
              "",
              MetricDataType.DOUBLE_GAUGE,
              GaugeData.createDoubleGaugeData(
                  points(
                      gauge.getDataPoints(),
                      GaugeSnapshot.GaugeDataPointSnapshot::getValue,
                      nowNs)));
      case InfoSnapshot info ->
          named(
              resource,
              info,
              "_info",
              MetricDataType.DOUBLE_GAUGE,
              GaugeData.createDoubleGaugeData(points(info.getDataPoints(), _ -> 1, nowNs)));
      case HistogramSnapshot histogram ->
          named(
              resource,
              histogram,
              "",
              MetricDataType.HISTOGRAM,
              HistogramData.create(
                  AggregationTemporality.CUMULATIVE,
                  histogram.getDataPoints().stream().map(point -> point(point, nowNs)).toList()));
      default ->
          throw new IllegalStateException(
              snapshot.getMetadata().getPrometheusName() + " has no form in OTLP yet");
    };
  }

  private static MetricData named(
      Resource resource,
      MetricSnapshot snapshot,
      String suffix,
      MetricDataType type,
      Data<?> data) {
    String help = snapshot.getMetadata().getHelp();
    return new Metric(
        resource,
        SCOPE,
        snapshot.getMetadata().getPrometheusName() + suffix,
        help == null ? "" : help,
        NO_UNIT,
        type,
        data);
  }

  private <P extends DataPointSnapshot> List<DoublePointData> points(
      List<P> points, ToDoubleFunction<P> value, long nowNs) {
    return points.stream()
        .map(
            point ->
                DoublePointData.create(
                    startNs,
                    nowNs,
                    attributes(point.getLabels()),
                    value.applyAsDouble(point),
                    List.of()))
        .toList();
  }

  private HistogramPointData point(HistogramDataPointSnapshot point, long nowNs) {
    ClassicHistogramBuckets buckets = point.getClassicBuckets();
    List<Double> bounds = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      counts.add(buckets.getCount(i));
      if (i + 1 < buckets.size()) {
        bounds.add(buckets.getUpperBound(i)); // of the last one it is infinity, which OTLP implies
      }
    }
    return HistogramPointData.create(
        startNs,
        nowNs,
        attributes(point.getLabels()),
        point.getSum(),
        false,
        0,
        false,
        0,
        bounds,
        counts);
  }

  private static Attributes attributes(Labels labels) {
    AttributesBuilder attributes = Attributes.builder();
    labels.forEach(label -> attributes.put(label.getName(), label.getValue()));
    return attributes.build();
  }
}
