package dev.meshpath.collector.meshpath;

import java.util.ArrayList;
import java.util.List;

/** How often each event happened, by what caused it. Guarded by the ring's lock. */
final class EventCounts {
  /** By code of the change, then of the cause. */
  private final long[][] counts = new long[MeshPathChange.CODES][PathCause.CODES];

  void count(MeshPathChange change, PathCause cause) {
    counts[change.code()][cause.code()]++;
  }

  long of(MeshPathChange change) {
    long sum = 0;
    for (long count : counts[change.code()]) {
      sum += count;
    }
    return sum;
  }

  /** Those that happened, and those that are to be expected, so that their first one is a step. */
  List<EventCount> snapshot() {
    List<EventCount> snapshot = new ArrayList<>();
    for (MeshPathChange change : MeshPathChange.values()) {
      for (PathCause cause : PathCause.values()) {
        long count = counts[change.code()][cause.code()];
        if (count != 0 || ExpectedCauses.of(change).contains(cause)) {
          snapshot.add(new EventCount(change, cause, count));
        }
      }
    }
    return snapshot;
  }
}
