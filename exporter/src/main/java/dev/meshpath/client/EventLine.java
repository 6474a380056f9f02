package dev.meshpath.client;

import java.util.Locale;

/** An event as a line for people, in columns. For one thread: columns grow as names do. */
final class EventLine {
  private static final int EVENT_WIDTH = 17;

  private final Terminal terminal;
  private int deviceWidth = "DEVICE".length();

  EventLine(Terminal terminal) {
    this.terminal = terminal;
  }

  String header() {
    return line(
        "TIME",
        "DEVICE",
        padded("EVENT", EVENT_WIDTH),
        "DESTINATION",
        "NEXT HOP",
        "METRIC",
        "HOPS",
        "CAUSE");
  }

  String of(Members event) {
    String device = event.text("network.interface.name");
    deviceWidth = Math.max(deviceWidth, device.length());
    String word = event.text("mesh.path.event");
    boolean peer = event.has("mesh.peer.state");
    boolean hop = event.has("mesh.path.next_hop");
    return line(
        event.timeOfDay("time"),
        device,
        terminal.event(word, padded(word, EVENT_WIDTH)),
        event.address("mesh.path.destination"),
        peer ? event.text("mesh.peer.state") : event.address("mesh.path.next_hop"),
        hop ? event.text("mesh.path.metric") : "",
        hop ? event.text("mesh.path.hop_count") : "",
        event.text("mesh.path.cause") + details(event));
  }

  private static String details(Members event) {
    StringBuilder details = new StringBuilder();
    if (event.has("mesh.path.previous_next_hop") && !event.isTrue("mesh.path.same_next_hop")) {
      details
          .append(", was ")
          .append(event.address("mesh.path.previous_next_hop"))
          .append(" with ")
          .append(event.text("mesh.path.previous_metric"));
    }
    if (event.has("process.command")) {
      details.append(", ").append(event.text("process.command"));
      details.append('[').append(event.text("process.pid")).append(']');
    }
    if (event.has("mesh.cause.frame")) {
      details.append(", ").append(event.text("mesh.cause.frame"));
    }
    return details.toString();
  }

  private String line(
      String time,
      String device,
      String event,
      String destination,
      String nextHop,
      String metric,
      String hops,
      String cause) {
    return String.format(
            Locale.ROOT,
            "%-12s  %s  %s  %-17s  %-17s  %6s  %4s  %s",
            time,
            padded(device, deviceWidth),
            event,
            destination,
            nextHop,
            metric,
            hops,
            cause)
        .stripTrailing();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
