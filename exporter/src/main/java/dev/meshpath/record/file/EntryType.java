package dev.meshpath.record.file;

import org.jspecify.annotations.Nullable;

/**
 * Which call of {@code record.Feed} an entry is. An entry: u8 type, u16 length of the payload, u32
 * CRC-32C over both and the payload, payload; little endian, and none of it is ever aligned.
 */
enum EntryType {
  /** u64 now, then the hooks as lines in UTF-8. */
  ATTACHED(1),
  /** The record's bytes as they were in the ring. */
  RECORD(2),
  /** As a record's. */
  ROW(3),
  /** i64 offset. */
  CLOCK(4),
  /** u64 now. */
  TIME(5),
  /** u64 now, then the five counts of {@code KernelLedger} and the missed programs, u64 each. */
  LEDGER(6),
  /** u64 now, then the five counts. */
  DETACHED(7),
  /** u64 how many. */
  DROPPED(8),
  /** Nothing: the recording was ended in order, and nothing follows. */
  END(9);

  static final int HEAD_BYTES = 7;

  /** More than any record has; the length field's own limit. */
  static final int MOST_PAYLOAD_BYTES = 0xffff;

  private static final EntryType[] BY_CODE = values();

  private final int code;

  EntryType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Null if {@code code} means none. */
  static @Nullable EntryType of(int code) {
    return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : null;
  }
}
