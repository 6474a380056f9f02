package dev.meshpath.collector.meshpath;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** The changes of a device's peer links. Guarded by the ring's lock. */
public final class PeerLinks {
  /** Peers with series of their own; the kernel's own limit of established ones is 32. */
  private static final int LIMIT = 64;

  private static final long OTHER = -1;

  /** enum nl80211_plink_state of include/uapi/linux/nl80211.h, and a peer that is gone. */
  private static final List<String> STATES =
      List.of(
          "listen", "opn_snt", "opn_rcvd", "cnf_rcvd", "estab", "holding", "blocked", "removed");

  /** Changes by peer, then by the state that was reached. */
  private final Long2ObjectHashMap<long[]> changes = new Long2ObjectHashMap<>();

  /**
   * @param detail former state, state in the second byte, reason code in the upper half
   */
  void count(long peer, int detail) {
    int to = (detail >>> 8) & 0xff;
    if (to >= STATES.size()) {
      return;
    }
    long key = changes.containsKey(peer) || changes.size() < LIMIT ? peer : OTHER;
    changes.computeIfAbsent(key, ignored -> new long[STATES.size()])[to]++;
  }

  /** The state that {@code detail} of an event tells was reached, in nl80211's word. */
  static String stateReached(int detail) {
    int to = (detail >>> 8) & 0xff;
    return to < STATES.size() ? STATES.get(to) : "state " + to;
  }

  List<Count> snapshot() {
    List<Count> snapshot = new ArrayList<>();
    changes.forEach(
        (peer, counts) -> {
          for (int to = 0; to < STATES.size(); to++) {
            if (counts[to] != 0) {
              snapshot.add(new Count(peer, peer == OTHER, STATES.get(to), counts[to]));
            }
          }
        });
    snapshot.sort(Comparator.comparingLong(Count::peer).thenComparing(Count::to));
    return snapshot;
  }

  /**
   * How often a peer reached a state.
   *
   * @param peer its address
   * @param other whether it stands for all that have no series of their own
   * @param to the state that was reached, in nl80211's words
   * @param count how often
   */
  public record Count(long peer, boolean other, String to, long count) {}
}
