package dev.meshpath.collector.meshpath.trace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Frames that are sent again byte by byte, as a peering Open that nobody answers, would be the same
 * span. The first is; bounded, the oldest are forgotten.
 */
final class Repeats {
  private static final int LIMIT = 4096;

  private final Map<String, Boolean> made =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > LIMIT;
        }
      };

  /** Whether this node has made no such span lately. */
  boolean isFirst(String span) {
    return made.put(span, true) == null;
  }
}
