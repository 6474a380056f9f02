package dev.meshpath.record.file;

import dev.meshpath.record.Feed;
import dev.meshpath.record.KernelLedger;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/** Entries in the making, one behind the other. Whoever fills it looks first if there is room. */
final class EntryBuffer implements Feed {
  /** Room for some hundred records, and for any entry. */
  private static final int BYTES = 128 << 10;

  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private int entries;

  /** Whether any entry fits in. */
  boolean hasRoom() {
    return bytes.remaining() >= EntryType.HEAD_BYTES + EntryType.MOST_PAYLOAD_BYTES;
  }

  /** How many there are. */
  int entries() {
    return entries;
  }

  /** How many bytes they have. */
  int length() {
    return bytes.position();
  }

  byte[] array() {
    return bytes.array();
  }

  void clear() {
    bytes.clear();
    entries = 0;
  }

  @Override
  public void attached(long nowNs, List<String> hooks) {
    byte[] text = String.join("\n", hooks).getBytes(StandardCharsets.UTF_8);
    int start = begin();
    bytes.putLong(nowNs);
    bytes.put(text, 0, Math.min(text.length, EntryType.MOST_PAYLOAD_BYTES - Long.BYTES));
    end(EntryType.ATTACHED, start);
  }

  @Override
  public void record(MemorySegment data, long record, int length) {
    put(EntryType.RECORD, data, record, length);
  }

  @Override
  public void row(MemorySegment data, long record, int length) {
    put(EntryType.ROW, data, record, length);
  }

  @Override
  public void clock(long offsetNs) {
    put(EntryType.CLOCK, offsetNs);
  }

  @Override
  public void time(long nowNs) {
    put(EntryType.TIME, nowNs);
  }

  @Override
  public void ledger(long nowNs, KernelLedger kernel, long missedPrograms) {
    int start = begin();
    putLedger(nowNs, kernel);
    bytes.putLong(missedPrograms);
    end(EntryType.LEDGER, start);
  }

  @Override
  public void detached(long nowNs, KernelLedger kernel) {
    int start = begin();
    putLedger(nowNs, kernel);
    end(EntryType.DETACHED, start);
  }

  @Override
  public void dropped(long calls) {
    put(EntryType.DROPPED, calls);
  }

  /** The last one. */
  void finish() {
    end(EntryType.END, begin());
  }

  private void put(EntryType type, long value) {
    int start = begin();
    bytes.putLong(value);
    end(type, start);
  }

  /** What is longer than any record is none; its first bytes tell what it was. */
  private void put(EntryType type, MemorySegment data, long record, int length) {
    int start = begin();
    int kept = Math.min(length, EntryType.MOST_PAYLOAD_BYTES);
    MemorySegment.copy(data, ValueLayout.JAVA_BYTE, record, bytes.array(), bytes.position(), kept);
    bytes.position(bytes.position() + kept);
    end(type, start);
  }

  private void putLedger(long nowNs, KernelLedger kernel) {
    bytes
        .putLong(nowNs)
        .putLong(kernel.seen())
        .putLong(kernel.submitted())
        .putLong(kernel.ringFull())
        .putLong(kernel.mapFull())
        .putLong(kernel.healed());
  }

  private int begin() {
    int start = bytes.position();
    bytes.position(start + EntryType.HEAD_BYTES);
    return start;
  }

  private void end(EntryType type, int start) {
    int payload = bytes.position() - start - EntryType.HEAD_BYTES;
    bytes.put(start, (byte) type.code()).putShort(start + 1, (short) payload);
    bytes.putInt(start + 3, crc(crc, bytes.array(), start, payload));
    entries++;
  }

  /** Over type, length and payload of the entry that begins at {@code start}. */
  static int crc(CRC32C crc, byte[] bytes, int start, int payload) {
    crc.reset();
    crc.update(bytes, start, 3);
    crc.update(bytes, start + EntryType.HEAD_BYTES, payload);
    return (int) crc.getValue();
  }
}
