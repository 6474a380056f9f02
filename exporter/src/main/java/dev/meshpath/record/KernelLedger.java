package dev.meshpath.record;

import dev.meshpath.libbpf.BpfMap;

/**
 * The kernel side of the ledger, {@code enum ledger_entry} of bpf/include/record.h: seen =
 * submitted + ringFull.
 *
 * @param seen events that the programs saw
 * @param submitted of these, put into the ring
 * @param ringFull of these, lost because the ring had no room
 * @param mapFull a map had no room: the event was delivered, but with less in it
 * @param healed an exit hook was missed, a later hook delivered the event
 */
public record KernelLedger(long seen, long submitted, long ringFull, long mapFull, long healed) {
  // enum ledger_entry
  static final int SEEN = 0;
  static final int SUBMITTED = 1;
  static final int RING_FULL = 2;
  static final int MAP_FULL = 3;
  static final int HEALED = 4;

  /** Nothing was seen yet. */
  public static final KernelLedger NONE = new KernelLedger(0, 0, 0, 0, 0);

  /** Reads the map {@code ledger} of a loaded object. */
  public static KernelLedger read(BpfMap ledger) {
    // Outcomes before seen: what is counted in between can only look as if still under way.
    long submitted = ledger.sumOfCpus(SUBMITTED);
    long ringFull = ledger.sumOfCpus(RING_FULL);
    return new KernelLedger(
        ledger.sumOfCpus(SEEN),
        submitted,
        ringFull,
        ledger.sumOfCpus(MAP_FULL),
        ledger.sumOfCpus(HEALED));
  }
}
