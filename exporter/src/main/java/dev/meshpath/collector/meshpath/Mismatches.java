package dev.meshpath.collector.meshpath;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the kernel's table differed from the one that the events had made. After a loss that is to
 * be expected; without one it is a defect. Guarded by the ring's lock.
 */
final class Mismatches {
  private final Map<String, Long> fields = new LinkedHashMap<>();
  private final Map<MeshPathChange, Long> missed = new LinkedHashMap<>();

  Mismatches() {
    for (String field : new String[] {"next_hop", "metric", "sn", "hop_count", "flags"}) {
      fields.put(field, 0L);
    }
    missed.put(MeshPathChange.ADD, 0L);
    missed.put(MeshPathChange.DELETE, 0L);
  }

  /**
   * @param walkNs when the kernel's state was read, CLOCK_MONOTONIC
   */
  void compare(MeshPath path, MeshPathState kernel, long walkNs) {
    differ("next_hop", path.nextHop != kernel.nextHop());
    differ("metric", path.airtimeMetric != kernel.airtimeMetric());
    differ("sn", path.sequenceNumber != kernel.sequenceNumber());
    differ("hop_count", path.hopCount != kernel.hopCount());
    boolean kernelFixed = (kernel.flags() & MeshPathState.FIXED) != 0;
    // whether it has expired the kernel notices later than we do, or a moment earlier
    boolean kernelActive = (kernel.flags() & MeshPathState.ACTIVE) != 0;
    boolean deactivated = path.active && !kernelActive && kernel.expiryNs() > walkNs;
    boolean activated = !path.active && kernel.usable();
    differ("flags", activated || deactivated || kernelFixed != path.isFixed());
  }

  void missed(MeshPathChange change) {
    missed.merge(change, 1L, Long::sum);
  }

  /** Entries that differ, by field. */
  Map<String, Long> fields() {
    return Map.copyOf(fields);
  }

  /** Events that should have been. */
  Map<MeshPathChange, Long> missed() {
    return Map.copyOf(missed);
  }

  long total() {
    return fields.values().stream().mapToLong(Long::longValue).sum()
        + missed.values().stream().mapToLong(Long::longValue).sum();
  }

  private void differ(String field, boolean differs) {
    if (differs) {
      fields.merge(field, 1L, Long::sum);
    }
  }

  void add(Mismatches others) {
    others.fields.forEach((field, count) -> fields.merge(field, count, Long::sum));
    others.missed.forEach((change, count) -> missed.merge(change, count, Long::sum));
  }
}
