package dev.meshpath.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The dashboards say only what Grafana's published types know: {@code make dashboard-schema} makes
 * the schema of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardSchemaTest {
  private static final Path SCHEMA = Path.of("src/test/resources/grafana/dashboard.schema.json");

  /** Objects whose keys are names of columns, and not Grafana's. */
  private static final Set<String> OPEN = Set.of("excludeByName", "indexByName", "renameByName");

  private Schema schema;

  @BeforeAll
  void readSchema() throws IOException {
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
  }

  static List<Dashboard> dashboards() {
    return Dashboard.all();
  }

  @Test
  void thereAreSix() {
    assertThat(dashboards())
        .extracting(Dashboard::name)
        .containsExactly(
            "discovery.json",
            "exporter.json",
            "network.json",
            "node.json",
            "path.json",
            "topology.json");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void isWhatGrafanaKnows(Dashboard dashboard) {
    assertThat(schema.validate(dashboard.json()))
        .extracting(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .isEmpty();
  }

  /** Each field of the shell and of one panel of each kind, at every depth. */
  @Test
  void misspeltFieldFails() {
    List<String> unnoticed = new ArrayList<>();
    for (Dashboard dashboard : samples()) {
      for (Field field : fields(dashboard.json(), "", new ArrayList<>())) {
        String misspelt = field.name + "x";
        JsonNode value = field.of.remove(field.name);
        field.of.set(misspelt, value);
        if (schema.validate(dashboard.json()).isEmpty()) {
          unnoticed.add(dashboard + field.path);
        }
        field.of.remove(misspelt);
        field.of.set(field.name, value);
      }
    }
    assertThat(unnoticed).isEmpty();
  }

  @Test
  void misspeltFieldIsNamed() {
    Dashboard dashboard = dashboards().getFirst();
    ((ObjectNode) dashboard.asking().findFirst().orElseThrow().json().path("options"))
        .put("toltip", 1);
    assertThat(schema.validate(dashboard.json()))
        .extracting(Error::getMessage)
        .anySatisfy(message -> assertThat(message).contains("'toltip'"));
  }

  @Test
  void propertyOfAnotherPluginFails() {
    Dashboard dashboard =
        dashboards().stream()
            .filter(d -> d.name().equals("network.json"))
            .findFirst()
            .orElseThrow();
    JsonNode override =
        dashboard
            .asking()
            .filter(panel -> panel.type().equals("table"))
            .findFirst()
            .orElseThrow()
            .json()
            .path("fieldConfig")
            .path("overrides")
            .path(0)
            .path("properties")
            .path(0);
    ((ObjectNode) override).put("id", "custom.fillOpacity").put("value", 1);
    assertThat(schema.validate(dashboard.json())).isNotEmpty();
  }

  /** The shell of the first dashboard around the largest panel of each kind. */
  private static List<Dashboard> samples() {
    Map<String, Dashboard.Panel> byType = new TreeMap<>();
    for (Dashboard dashboard : dashboards()) {
      for (Dashboard.Panel panel : dashboard.panels()) {
        byType.merge(
            panel.type(),
            panel,
            (a, b) -> a.json().toString().length() < b.json().toString().length() ? b : a);
      }
    }
    Dashboard shell = dashboards().getFirst();
    return byType.values().stream()
        .map(
            panel -> {
              ObjectNode json = (ObjectNode) shell.json().deepCopy();
              ((ArrayNode) json.path("panels")).removeAll().add(panel.json());
              return new Dashboard(panel.type(), json);
            })
        .toList();
  }

  private static List<Field> fields(JsonNode node, String path, List<Field> found) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        String at = path + "/" + name;
        found.add(new Field(object, name, at));
        boolean isValueMapping =
            name.equals("options") && node.path("type").asString("").equals("value");
        if (!OPEN.contains(name) && !isValueMapping) {
          fields(object.path(name), at, found);
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(item -> fields(item, path + "/*", found));
    }
    return found;
  }

  private record Field(ObjectNode of, String name, String path) {}
}
