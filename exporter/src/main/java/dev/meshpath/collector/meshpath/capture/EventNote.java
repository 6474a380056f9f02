package dev.meshpath.collector.meshpath.capture;

import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathState;
import dev.meshpath.net.MacAddress;

/**
 * A comment of a packet.
 *
 * @param event its first word: of an event that of its span, as {@code change}; or {@code received}
 *     or {@code sent}, of a frame that caused nothing
 * @param text what follows: of what, from what to what, by what
 * @param trace 32 hexadecimal digits; empty if there is none
 */
record EventNote(String event, String text, String trace) {
  static final String RECEIVED = "received";
  static final String SENT = "sent";

  private static final String TRACE = "trace ";

  /** What an event was. */
  static EventNote of(MeshPathEvent event, String trace) {
    StringBuilder text = new StringBuilder(MacAddress.toString(event.destination()));
    MeshPathState after = event.after();
    long from = event.before() == null ? MacAddress.NONE : event.before().nextHop();
    long to = after == null ? MacAddress.NONE : after.nextHop();
    if (event.change() == MeshPathChange.PEER_STATE) {
      text.append(", ").append(event.peerState());
    } else if (to != MacAddress.NONE) {
      text.append(", next hop ");
      if (from != to && from != MacAddress.NONE) {
        text.append(MacAddress.toString(from)).append(" -> ");
      }
      text.append(MacAddress.toString(to));
    }
    text.append(", by ").append(event.cause().kind().word());
    return new EventNote(event.change().eventWord(), text.toString(), trace);
  }

  /** Reads what {@link #toString} has written; of any other text, as much as it has. */
  static EventNote parse(String comment) {
    int word = comment.indexOf(' ');
    int trace = comment.lastIndexOf(TRACE);
    return new EventNote(
        word < 0 ? comment : comment.substring(0, word),
        "",
        trace < 0 ? "" : comment.substring(trace + TRACE.length()));
  }

  @Override
  public String toString() {
    String said = text.isEmpty() ? event : event + " " + text;
    return trace.isEmpty() ? said : said + (text.isEmpty() ? " " : ", ") + TRACE + trace;
  }
}
