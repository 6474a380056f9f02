package dev.meshpath.collector.meshpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Received HWMP elements that told nothing new or better. Guarded by the ring's lock. */
public final class IgnoredElements {
  /** {@code enum hwmp_ignored} of bpf/mesh_path/mesh_path.h, from 1. */
  private static final List<String> REASONS =
      List.of(
          "own", "stale_sn", "worse_metric", "not_peer", "malformed", "no_path", "not_next_hop");

  /** Element ids of IEEE Std 802.11, 9.4.2.1. */
  private enum Element {
    PREQ(130, "preq"),
    PREP(131, "prep"),
    PERR(132, "perr"),
    RANN(126, "rann"),
    OTHER(0, "other");

    private final int id;
    private final String word;

    Element(int id, String word) {
      this.id = id;
      this.word = word;
    }

    /** What happens in any mesh: its counters exist from the start. */
    Set<String> expected() {
      return switch (this) {
        case PREQ, RANN -> Set.of("own", "stale_sn", "worse_metric");
        case PREP -> Set.of("stale_sn", "worse_metric");
        case PERR -> Set.of("stale_sn", "no_path", "not_next_hop");
        case OTHER -> Set.of();
      };
    }
  }

  private static final List<Element> ELEMENTS = List.of(Element.values());

  /** By place in {@link #ELEMENTS}, then by reason, 0 being one that we do not know. */
  private final long[][] counts = new long[ELEMENTS.size()][REASONS.size() + 1];

  void count(int elementId, int reason) {
    int element = 0;
    while (element < ELEMENTS.size() - 1 && ELEMENTS.get(element).id != elementId) {
      element++;
    }
    counts[element][reason > 0 && reason <= REASONS.size() ? reason : 0]++;
  }

  List<Count> snapshot() {
    List<Count> snapshot = new ArrayList<>();
    for (int element = 0; element < ELEMENTS.size(); element++) {
      Element kind = ELEMENTS.get(element);
      for (int reason = 0; reason <= REASONS.size(); reason++) {
        String why = reason == 0 ? "unknown" : REASONS.get(reason - 1);
        if (counts[element][reason] != 0 || kind.expected().contains(why)) {
          snapshot.add(new Count(kind.word, why, counts[element][reason]));
        }
      }
    }
    return snapshot;
  }

  /**
   * How often elements of one kind were ignored for one reason.
   *
   * @param element {@code preq}, {@code prep}, {@code perr}, {@code rann}
   * @param reason why the kernel ignored it
   * @param count how often
   */
  public record Count(String element, String reason, long count) {}
}
