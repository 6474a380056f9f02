package dev.meshpath.client;

import dev.meshpath.config.WatchConfig;
import dev.meshpath.failure.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** {@code meshpath watch}: follows the events of an exporter. */
public final class Watching {
  private static final String DATA = "data: ";
  private static final String BEAT = ":";
  private static final String MISSED = "mesh.events.missed";
  private static final int OK = 0;

  private final PrintWriter out;
  private final Terminal terminal;
  private final BooleanSupplier unread;
  private final EventLine lines;

  /**
   * @param out for the lines
   * @param terminal where it leads to
   * @param unread whether nobody reads it any more, which a write would tell only at the next event
   */
  public Watching(PrintWriter out, Terminal terminal, BooleanSupplier unread) {
    this.out = out;
    this.unread = unread;
    this.terminal = terminal;
    this.lines = new EventLine(terminal);
  }

  /**
   * Shows events until nobody reads them any more.
   *
   * @throws Failure if no exporter answers, or it goes away
   */
  public int run(WatchConfig config) {
    try (ExporterClient client = new ExporterClient(config.selection().url());
        BufferedReader stream =
            new BufferedReader(
                new InputStreamReader(
                    client.get("/events?last=" + config.last(), "text/event-stream"),
                    StandardCharsets.UTF_8))) {
      if (terminal.present() && !config.selection().json()) {
        out.println(lines.header());
      }
      for (String line = stream.readLine(); line != null; line = stream.readLine()) {
        if (line.startsWith(DATA)) {
          show(line.substring(DATA.length()), config, client);
          if (out.checkError()) {
            return OK;
          }
        } else if (line.startsWith(BEAT) && unread.getAsBoolean()) {
          return OK;
        }
      }
      throw gone(config, null);
    } catch (IOException e) {
      throw gone(config, e);
    }
  }

  private void show(String json, WatchConfig config, ExporterClient client) {
    Members event;
    try {
      event = Members.parse(json);
    } catch (IOException e) {
      throw client.foreign();
    }
    if (event.has(MISSED)) {
      out.println(
          config.selection().json()
              ? json
              : "-- " + event.text(MISSED) + " events are missing here: they came too fast --");
    } else if (isWanted(event, config)) {
      out.println(config.selection().json() ? json : lines.of(event));
    }
  }

  private static boolean isWanted(Members event, WatchConfig config) {
    return config.selection().hasDevice(event.text("network.interface.name"))
        && config.selection().hasDestination(event.text("mesh.path.destination"))
        && (config.events().isEmpty() || config.events().contains(event.text("mesh.path.event")));
  }

  private static Failure gone(WatchConfig config, @Nullable IOException e) {
    String sentence = "the exporter at " + config.selection().url() + " went away.";
    return e == null ? new Failure(sentence) : new Failure(sentence, e);
  }
}
