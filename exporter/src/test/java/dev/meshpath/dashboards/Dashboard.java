package dev.meshpath.dashboards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of {@code dashboards/}.
 *
 * @param name of the file
 * @param json what it says
 */
record Dashboard(String name, JsonNode json) {
  private static final Path FOLDER = Path.of("../dashboards");
  private static final JsonMapper JSON = new JsonMapper();

  /** All of them, by name. */
  static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Dashboard::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dashboard read(Path file) {
    try {
      return new Dashboard(file.getFileName().toString(), JSON.readTree(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String uid() {
    return json.path("uid").asString();
  }

  /** All panels, rows included. */
  List<Panel> panels() {
    return json.path("panels").valueStream().map(panel -> new Panel(this, panel)).toList();
  }

  /** The panels that ask Prometheus. */
  Stream<Panel> asking() {
    return panels().stream().filter(panel -> !List.of("row", "text").contains(panel.type()));
  }

  /** Names of the template variables. */
  List<String> variables() {
    return variablesJson().map(variable -> variable.path("name").asString()).toList();
  }

  /** The queries of the template variables, such as {@code label_values(up, node)}. */
  List<String> variableQueries() {
    return variablesJson()
        .filter(variable -> variable.path("type").asString().equals("query"))
        .map(variable -> variable.path("query").path("query").asString())
        .toList();
  }

  private Stream<JsonNode> variablesJson() {
    return json.path("templating").path("list").valueStream();
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * A panel.
   *
   * @param dashboard where it stands
   * @param json what it says
   */
  record Panel(Dashboard dashboard, JsonNode json) {
    String type() {
      return json.path("type").asString();
    }

    List<String> expressions() {
      return json.path("targets")
          .valueStream()
          .map(target -> target.path("expr").asString(""))
          .toList();
    }

    /** Its place: columns from {@code x}, of 24, and rows from {@code y}. */
    Place place() {
      JsonNode grid = json.path("gridPos");
      return new Place(
          grid.path("x").asInt(),
          grid.path("y").asInt(),
          grid.path("w").asInt(),
          grid.path("h").asInt());
    }

    @Override
    public String toString() {
      return dashboard + ": " + json.path("title").asString("a panel without title");
    }
  }

  /** A rectangle of the grid. */
  record Place(int x, int y, int width, int height) {
    static final int COLUMNS = 24;

    boolean fits() {
      return x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= COLUMNS;
    }

    boolean overlaps(Place other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }
}
