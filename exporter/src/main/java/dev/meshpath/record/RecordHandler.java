package dev.meshpath.record;

import java.lang.foreign.MemorySegment;

/** A collector's side of the dispatcher. */
@FunctionalInterface
public interface RecordHandler {
  /**
   * One record whose header is already checked; on the thread that drains the ring.
   *
   * @param data valid during the call only
   * @param record where the record, header first, begins in {@code data}
   * @throws MalformedRecordException if its content cannot be; the record is then counted as
   *     rejected
   */
  void onRecord(MemorySegment data, long record);
}
