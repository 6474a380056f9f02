package dev.meshpath.collector;

import java.util.Map;

/**
 * How far a collector's view agreed with the kernel's own tables, when they were compared.
 *
 * @param mismatches entries that differed though no event was lost, by field: defects
 * @param reconciled events that were missing, because the kernel skipped a program or the ring was
 *     full, and whose effect was put right, by event
 * @param resyncs comparisons because of something, by reason
 * @param gaps places in the stream of events where some are missing
 * @param unaccounted events that the ledger cannot explain
 */
public record Reconciliation(
    Map<String, Long> mismatches,
    Map<String, Long> reconciled,
    Map<String, Long> resyncs,
    long gaps,
    long unaccounted) {
  /** Of a collector that compares nothing. */
  public static final Reconciliation NONE = new Reconciliation(Map.of(), Map.of(), Map.of(), 0, 0);
}
