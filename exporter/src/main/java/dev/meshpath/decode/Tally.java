package dev.meshpath.decode;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a capture held. */
final class Tally {
  private final Map<String, Long> elements = new TreeMap<>();
  private final Map<String, Long> partial = new TreeMap<>();
  private long protectedFrames;
  private long repeated;

  void element(String kind) {
    elements.merge(kind, 1L, Long::sum);
  }

  void partial(String reason) {
    partial.merge(reason, 1L, Long::sum);
  }

  void protectedFrame() {
    protectedFrames++;
  }

  void repeated() {
    repeated++;
  }

  /**
   * In one sentence.
   *
   * @param records of the capture
   * @param foreignLinkTypes of those that were passed over
   */
  String sentence(long records, SortedSet<Integer> foreignLinkTypes) {
    StringBuilder text = new StringBuilder();
    text.append(records).append(records == 1 ? " record: " : " records: ");
    text.append(elements.isEmpty() ? "no HWMP or peering element" : counts(elements));
    text.append("; ").append(repeated).append(" repeated, ");
    text.append(protectedFrames).append(" protected (not parsed), ");
    text.append(partial.values().stream().mapToLong(Long::longValue).sum()).append(" partial");
    if (!partial.isEmpty()) {
      text.append(" (").append(counts(partial)).append(')');
    }
    if (!foreignLinkTypes.isEmpty()) {
      text.append("; passed over: link type ");
      text.append(foreignLinkTypes.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    return text.toString();
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
