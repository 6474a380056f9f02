package dev.meshpath.collector.meshpath.live;

import dev.meshpath.collector.meshpath.trace.EventAttributes;
import dev.meshpath.json.JsonObject;
import java.time.Instant;

/** An event as a JSON object: its time, then the attributes of its span, under the same names. */
public final class EventJson {
  private EventJson() {}

  /** The JSON text, on one line. */
  public static String of(LiveEvent live) {
    JsonObject json =
        new JsonObject().text("time", Instant.EPOCH.plusNanos(live.epochNs()).toString());
    EventAttributes.tell(
        live.event(),
        (name, value) -> {
          switch (value) {
            case Long number -> json.number(name, number);
            case Boolean flag -> json.flag(name, flag);
            default -> json.text(name, value.toString());
          }
        });
    return json.toString();
  }
}
