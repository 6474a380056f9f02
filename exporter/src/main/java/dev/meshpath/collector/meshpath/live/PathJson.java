package dev.meshpath.collector.meshpath.live;

import dev.meshpath.collector.meshpath.DeviceSnapshot;
import dev.meshpath.collector.meshpath.PathLife;
import dev.meshpath.collector.meshpath.PathSnapshot;
import dev.meshpath.json.JsonObject;
import dev.meshpath.net.MacAddress;
import java.util.List;

/**
 * The paths of a device as JSON objects. What spans have attributes for has their names.
 *
 * @param device a look at it
 * @param nowNs when that was, CLOCK_MONOTONIC
 */
public record PathJson(DeviceSnapshot device, long nowNs) {
  private static final double NS_PER_SECOND = 1e9;
  private static final double MS_PER_SECOND = 1e3;

  /** A JSON text each: those that exist. */
  public List<String> texts() {
    return device.paths().stream().filter(PathSnapshot::alive).map(this::text).toList();
  }

  private String text(PathSnapshot path) {
    JsonObject json =
        new JsonObject()
            .text("mesh.path.destination", MacAddress.toAttribute(path.destination()))
            .text("mesh.path.state", path.state());
    if (path.nextHop() != MacAddress.NONE) {
      json.text("mesh.path.next_hop", MacAddress.toAttribute(path.nextHop()))
          .number("mesh.path.metric", path.airtimeMetric())
          .number("mesh.path.hop_count", path.hopCount());
    }
    json.flag("mesh.path.root", path.root()).flag("mesh.path.gate", path.gate());
    PathLife life = path.life();
    if (life.sinceNs() != 0) {
      json.number("mesh.path.age_s", secondsSince(life.sinceNs()));
    }
    json.number("mesh.path.changes", path.changes());
    if (life.change() != null && life.cause() != null) {
      json.text("mesh.path.event", life.change().eventWord())
          .text("mesh.path.cause", life.cause().word())
          .number("mesh.path.event_age_s", secondsSince(life.changedNs()));
    }
    return json.number("mesh.path.flap_penalty", Math.round(path.flapPenalty()))
        .flag("mesh.path.flapping", path.flapping())
        .toString();
  }

  private double secondsSince(long ns) {
    return Math.round(Math.max(0, nowNs - ns) / NS_PER_SECOND * MS_PER_SECOND) / MS_PER_SECOND;
  }
}
