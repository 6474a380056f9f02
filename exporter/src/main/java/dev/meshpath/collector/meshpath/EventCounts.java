package dev.meshpath.collector.meshpath;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** How often each event happened, by what caused it. Guarded by the ring's lock. */
final class EventCounts {
  /** In the order of series, {@code cause} before {@code event}: the client has nothing to sort. */
  private static final List<Kind> KINDS =
      Arrays.stream(MeshPathChange.values())
          .flatMap(
              change ->
                  Arrays.stream(PathCause.values())
                      .map(
                          cause ->
                              new Kind(change, cause, ExpectedCauses.of(change).contains(cause))))
          .sorted(
              Comparator.comparing((Kind kind) -> kind.cause().word())
                  .thenComparing(kind -> kind.change().word()))
          .toList();

  private record Kind(MeshPathChange change, PathCause cause, boolean expected) {}

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
    for (Kind kind : KINDS) {
      long count = counts[kind.change().code()][kind.cause().code()];
      if (count != 0 || kind.expected()) {
        snapshot.add(new EventCount(kind.change(), kind.cause(), count));
      }
    }
    return snapshot;
  }
}
