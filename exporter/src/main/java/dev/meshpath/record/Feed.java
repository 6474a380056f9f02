package dev.meshpath.record;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * All that reaches a collector of events from outside, in its order: records of the ring, and what
 * time it was. Whoever is fed the same comes to the same tables, series and spans, which is what a
 * recording and its replay live on. For one thread at a time.
 */
public interface Feed {
  /**
   * The kernel is watched from here on; its counts begin anew.
   *
   * @param nowNs CLOCK_MONOTONIC
   * @param hooks what is attached, a line each
   */
  void attached(long nowNs, List<String> hooks);

  /**
   * A record of the ring, of any collector, whether or not it can be understood.
   *
   * @param data valid during the call only
   * @param record where it begins in {@code data}, a multiple of 8
   * @param length bytes
   */
  void record(MemorySegment data, long record, int length);

  /** A record that was made of an answer of the kernel and is in no ledger; as {@link #record}. */
  void row(MemorySegment data, long record, int length);

  /**
   * The clock of the world was looked at.
   *
   * @param offsetNs what it is ahead of CLOCK_MONOTONIC, since 1970 (UTC)
   */
  void clock(long offsetNs);

  /**
   * Time passed, and something was due.
   *
   * @param nowNs CLOCK_MONOTONIC; all records of the ring up to then came before
   */
  void time(long nowNs);

  /**
   * The kernel's side of the ledger was looked at.
   *
   * @param nowNs CLOCK_MONOTONIC
   * @param missedPrograms how often the kernel skipped a program so far
   */
  void ledger(long nowNs, KernelLedger kernel, long missedPrograms);

  /**
   * The kernel is not watched any more, and all records were there.
   *
   * @param nowNs CLOCK_MONOTONIC
   */
  void detached(long nowNs, KernelLedger kernel);

  /**
   * Of a recording: so many of these calls could not be written here, and are missing.
   *
   * @param calls how many
   */
  void dropped(long calls);
}
