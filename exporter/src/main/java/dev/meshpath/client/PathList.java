package dev.meshpath.client;

import dev.meshpath.config.Selection;
import dev.meshpath.json.Json;
import dev.meshpath.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code meshpath paths}: the table of an exporter, once. */
public final class PathList {
  private static final String DEVICE = "network.interface.name";
  private static final List<String> HEADER =
      List.of(
          "DEVICE",
          "DESTINATION",
          "STATE",
          "NEXT HOP",
          "METRIC",
          "HOPS",
          "AGE",
          "CHANGES",
          "LAST CHANGE",
          "CAUSE",
          "AGO",
          "PENALTY");

  /** Columns of numbers, which end where they begin elsewhere. */
  private static final List<Integer> NUMBERS = List.of(4, 5, 6, 7, 10, 11);

  private final PrintWriter out;
  private final PrintWriter err;

  /** A path with the name of its device. */
  private record Row(String device, Members path) {}

  /**
   * @param out for the table
   * @param err for what the exporter could not find out
   */
  public PathList(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Shows it, and returns the exit code.
   *
   * @throws dev.meshpath.failure.Failure if no exporter answers
   */
  public int run(Selection selection) {
    Members node = ask(selection);
    for (String obstacle : node.texts("obstacles")) {
      err.println("meshpath: " + obstacle);
    }
    List<Row> rows = new ArrayList<>();
    for (Members device : node.objects("devices")) {
      String name = device.text(DEVICE);
      for (Members path : device.objects("paths")) {
        if (selection.hasDevice(name)
            && selection.hasDestination(path.text("mesh.path.destination"))) {
          rows.add(new Row(name, path));
        }
      }
    }
    if (selection.json()) {
      rows.forEach(row -> out.println(json(row)));
    } else {
      print(rows);
    }
    out.flush();
    return 0;
  }

  private static Members ask(Selection selection) {
    try (ExporterClient client = new ExporterClient(selection.url());
        InputStream answer = client.get("/api/node", "application/json")) {
      try {
        return Members.parse(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw client.foreign();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(Row row) {
    JsonObject json = new JsonObject().text(DEVICE, row.device());
    row.path()
        .values()
        .forEach(
            (name, value) ->
                json.raw(
                    name, value instanceof String text ? Json.string(text) : value.toString()));
    return json.toString();
  }

  private void print(List<Row> rows) {
    List<List<String>> lines = new ArrayList<>(List.of(HEADER));
    rows.forEach(row -> lines.add(cells(row)));
    int[] widths = new int[HEADER.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - line.get(i).length());
        text.append(i == 0 ? "" : "  ");
        text.append(NUMBERS.contains(i) ? space + line.get(i) : line.get(i) + space);
      }
      out.println(text.toString().stripTrailing());
    }
    out.println(sum(rows));
  }

  private static List<String> cells(Row row) {
    Members path = row.path();
    String penalty = "mesh.path.flap_penalty";
    String flapping = path.isTrue("mesh.path.flapping") ? " flapping" : "";
    return List.of(
        row.device(),
        path.address("mesh.path.destination"),
        path.text("mesh.path.state"),
        path.address("mesh.path.next_hop"),
        path.text("mesh.path.metric"),
        path.text("mesh.path.hop_count"),
        path.duration("mesh.path.age_s"),
        path.text("mesh.path.changes"),
        path.text("mesh.path.event"),
        path.text("mesh.path.cause"),
        path.duration("mesh.path.event_age_s"),
        path.has(penalty)
            ? String.format(Locale.ROOT, "%.0f%s", path.number(penalty), flapping)
            : "");
  }

  private static String sum(List<Row> rows) {
    long active = rows.stream().filter(row -> isUsable(row.path())).count();
    long changes =
        rows.stream().mapToLong(row -> (long) row.path().number("mesh.path.changes")).sum();
    return String.format(
        Locale.ROOT,
        "%d %s, %d active; %d next hop %s",
        rows.size(),
        rows.size() == 1 ? "path" : "paths",
        active,
        changes,
        changes == 1 ? "change" : "changes");
  }

  private static boolean isUsable(Members path) {
    return List.of("active", "fixed").contains(path.text("mesh.path.state"));
  }
}
