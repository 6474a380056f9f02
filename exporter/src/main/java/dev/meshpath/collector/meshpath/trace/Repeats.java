package dev.meshpath.collector.meshpath.trace;

import dev.meshpath.bounded.YoungestMap;
import java.util.Map;

/**
 * Frames that are sent again byte by byte, as a peering Open that nobody answers, would be the same
 * span. The first is; bounded, the oldest are forgotten.
 */
final class Repeats {
  private static final int LIMIT = 4096;

  /** In another trace, as an equal error half a minute later is, it is another span. */
  private record Made(String trace, String span) {}

  private final Map<Made, Boolean> made = new YoungestMap<>(LIMIT);

  /** Whether this node has made no such span lately. */
  boolean isFirst(String trace, String span) {
    return made.put(new Made(trace, span), true) == null;
  }
}
