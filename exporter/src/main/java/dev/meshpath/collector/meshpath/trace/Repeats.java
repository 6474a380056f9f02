package dev.meshpath.collector.meshpath.trace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Frames that are sent again byte by byte, as a peering Open that nobody answers, would be the same
 * span. The first is; bounded, the oldest are forgotten.
 */
final class Repeats {
  private static final int LIMIT = 4096;

  /** In another trace, as an equal error half a minute later is, it is another span. */
  private record Made(String trace, String span) {}

  private final Map<Made, Boolean> made =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Made, Boolean> eldest) {
          return size() > LIMIT;
        }
      };

  /** Whether this node has made no such span lately. */
  boolean isFirst(String trace, String span) {
    return made.put(new Made(trace, span), true) == null;
  }
}
