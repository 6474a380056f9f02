package dev.meshpath.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What holds for all our dashboards, beyond Grafana's schema. */
class DashboardRulesTest {
  private static final Path METRICS = Path.of("../docs/metrics.md");
  private static final Pattern METRIC_ROW = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\|");
  private static final Pattern LINK = Pattern.compile("/d/([\\w-]+)\\?(\\S*)");
  private static final Pattern LINK_VARIABLE =
      Pattern.compile("var-(\\w+)=|\\$\\{(\\w+):queryparam}");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");

  /** Prometheus' own, and the process's, which docs/metrics.md does not list. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "up",
          "ALERTS",
          "scrape_duration_seconds",
          "jvm_memory_used_bytes",
          "process_uptime_seconds");

  /** Links in bookmarks and in alerts hold them: a uid never changes. */
  private static final Map<String, String> UIDS =
      Map.of(
          "discovery.json", "meshpath-discovery",
          "exporter.json", "meshpath-exporter",
          "network.json", "meshpath-network",
          "node.json", "meshpath-node",
          "path.json", "meshpath-path",
          "topology.json", "meshpath-topology");

  static List<Dashboard> dashboards() {
    return Dashboard.all();
  }

  static List<Dashboard.Panel> panels() {
    return dashboards().stream().flatMap(dashboard -> dashboard.panels().stream()).toList();
  }

  static List<Dashboard.Panel> askingPanels() {
    return dashboards().stream().flatMap(Dashboard::asking).toList();
  }

  @Test
  void uidsAreStable() {
    assertThat(dashboards().stream().collect(Collectors.toMap(Dashboard::name, Dashboard::uid)))
        .isEqualTo(UIDS);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsHaveIdsAndPlacesOfTheirOwn(Dashboard dashboard) {
    List<Dashboard.Panel> panels = dashboard.panels();
    assertThat(panels).extracting(panel -> panel.json().path("id").asInt()).doesNotHaveDuplicates();
    assertThat(panels).allMatch(panel -> panel.place().fits());
    List<String> overlaps = new ArrayList<>();
    for (int i = 0; i < panels.size(); i++) {
      Dashboard.Panel panel = panels.get(i);
      panels.subList(0, i).stream()
          .filter(other -> other.place().overlaps(panel.place()))
          .forEach(other -> overlaps.add(other + " and " + panel));
    }
    assertThat(overlaps).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void beginsWithWhatIsNormalAndLinksToTheOthers(Dashboard dashboard) {
    JsonNode first = dashboard.panels().getFirst().json();
    assertThat(first.path("type").asString()).isEqualTo("text");
    assertThat(first.path("options").path("content").asString())
        .contains("**Normal:**", "**Broken:**");
    JsonNode links = dashboard.json().path("links").path(0);
    assertThat(links.path("tags").path(0).asString()).isEqualTo("meshpath");
    assertThat(links.path("includeVars").asBoolean()).isTrue();
    assertThat(links.path("keepTime").asBoolean()).isTrue();
    assertThat(dashboard.json().path("tags").valueStream().map(JsonNode::asString))
        .contains("meshpath");
    assertThat(dashboard.variables()).contains("datasource", "mesh", "jaeger");
  }

  @ParameterizedTest
  @MethodSource("panels")
  void hasTitle(Dashboard.Panel panel) {
    assertThat(panel.json().path("title").asString("")).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("askingPanels")
  void saysWhatIsNormalInWhichUnitAndAsksTheChosenPrometheus(Dashboard.Panel panel) {
    assertThat(panel.json().path("description").asString("")).contains("Normal:", "Broken:");
    assertThat(panel.json().path("fieldConfig").path("defaults").path("unit").asString(""))
        .isNotBlank();
    assertThat(panel.json().path("datasource").path("uid").asString("")).isEqualTo("${datasource}");
    assertThat(panel.expressions()).isNotEmpty().noneMatch(String::isBlank);
    assertThat(panel.json().path("targets").valueStream().map(t -> t.path("refId").asString()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("askingPanels")
  void histogramsLeadToTraces(Dashboard.Panel panel) {
    boolean isHistogram = panel.expressions().stream().anyMatch(e -> e.contains("_bucket"));
    assertThat(
            panel
                .json()
                .path("targets")
                .valueStream()
                .map(t -> t.path("exemplar").asBoolean(false)))
        .containsOnly(isHistogram);
    assertThat(
            panel.json().path("fieldConfig").toString().contains("${jaeger}/trace/${__value.raw}"))
        .isEqualTo(isHistogram);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void asksOnlyForMetricsThatExist(Dashboard dashboard) throws IOException {
    Set<String> known = metrics();
    Set<String> unknown = new TreeSet<>();
    Stream.concat(
            dashboard.asking().flatMap(panel -> panel.expressions().stream()),
            // label_values(SERIES, LABEL)
            dashboard.variableQueries().stream()
                .map(query -> query.replaceFirst(",\\s*\\w+\\)$", ")")))
        .forEach(expression -> unknown.addAll(MetricNames.of(expression)));
    unknown.removeAll(known);
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void usesItsOwnVariables(Dashboard dashboard) {
    Set<String> used = new TreeSet<>();
    String said = dashboard.json().toString();
    for (Matcher variable = VARIABLE.matcher(said); variable.find(); ) {
      used.add(variable.group(1));
    }
    used.removeIf(name -> name.startsWith("__") || name.matches("\\d+"));
    assertThat(dashboard.variables()).containsAll(used);
    assertThat(used).containsAll(dashboard.variables());
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void linksLeadToDashboardsAndTheirVariables(Dashboard dashboard) {
    Map<String, List<String>> byUid = new HashMap<>();
    dashboards().forEach(known -> byUid.put(known.uid(), known.variables()));
    String said = dashboard.json().toString();
    for (Matcher link = LINK.matcher(said); link.find(); ) {
      assertThat(byUid).containsKey(link.group(1));
      Set<String> given = new TreeSet<>();
      for (Matcher name = LINK_VARIABLE.matcher(link.group(2)); name.find(); ) {
        given.add(name.group(1) == null ? name.group(2) : name.group(1));
      }
      assertThat(byUid.get(link.group(1))).containsAll(given);
      assertThat(given).contains("datasource", "mesh", "jaeger");
      assertThat(link.group(2)).contains("${__url_time_range}");
    }
  }

  /** A node graph takes any column by its name, and Prometheus gives the names by labels. */
  @Test
  void nodeGraphsHaveNodesAndEdges() {
    List<Dashboard.Panel> graphs =
        askingPanels().stream().filter(panel -> panel.type().equals("nodeGraph")).toList();
    assertThat(graphs).isNotEmpty();
    for (Dashboard.Panel graph : graphs) {
      assertThat(graph.expressions()).hasSize(2);
      assertThat(graph.expressions().getFirst()).contains("\"id\"", "\"title\"", "mainstat");
      assertThat(graph.expressions().getLast())
          .contains("\"id\"", "\"source\"", "\"target\"", "mainstat");
    }
  }

  private static Set<String> metrics() throws IOException {
    Set<String> names = new TreeSet<>(OF_OTHERS);
    for (Matcher row = METRIC_ROW.matcher(Files.readString(METRICS)); row.find(); ) {
      addSeries(names, row.group(1), row.group(2).equals("histogram"));
    }
    return names;
  }

  private static void addSeries(Set<String> names, String metric, boolean isHistogram) {
    List<String> ends = isHistogram ? List.of("_bucket", "_sum", "_count") : List.of("");
    ends.forEach(end -> names.add(metric + end));
  }
}
