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
  /** Nothing happened. */
  public static final KernelLedger EMPTY = new KernelLedger(0, 0, 0, 0, 0);

  /** Reads the map {@code ledger} of a loaded object. */
  public static KernelLedger read(BpfMap ledger) {
    // Outcomes before seen: what is counted in between can only look as if still under way.
    long submitted = ledger.sumOfCpus(1);
    long ringFull = ledger.sumOfCpus(2);
    return new KernelLedger(
        ledger.sumOfCpus(0), submitted, ringFull, ledger.sumOfCpus(3), ledger.sumOfCpus(4));
  }
}
