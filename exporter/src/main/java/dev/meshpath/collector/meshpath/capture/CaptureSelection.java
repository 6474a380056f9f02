package dev.meshpath.collector.meshpath.capture;

import dev.meshpath.frame.file.PcapngBlock;

/**
 * Which packets somebody wants.
 *
 * @param event those that caused such an event, as {@code change}; empty: any
 * @param trace those of this trace, 32 hexadecimal digits; empty: any
 * @param fromNs not those before, in nanoseconds since 1970 (UTC)
 * @param toNs nor those after
 */
public record CaptureSelection(String event, String trace, long fromNs, long toNs) {
  /** Whether a packet is one of them: an event of it is both such an event and of the trace. */
  boolean takes(PcapngBlock packet) {
    long epochNs = packet.epochNs();
    if (epochNs < fromNs || epochNs > toNs) {
      return false;
    }
    return (event.isEmpty() && trace.isEmpty())
        || packet.comments().stream().map(EventNote::parse).anyMatch(this::takes);
  }

  private boolean takes(EventNote note) {
    return (event.isEmpty() || event.equals(note.event()))
        && (trace.isEmpty() || trace.equals(note.trace()));
  }
}
