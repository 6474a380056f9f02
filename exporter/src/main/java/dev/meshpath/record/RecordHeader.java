package dev.meshpath.record;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** {@code struct record_header} of bpf/include/record.h: the first 24 bytes of every record. */
public final class RecordHeader {
  /** {@code RECORD_ABI_VERSION}. */
  public static final int ABI_VERSION = 3;

  /** The layout, to be the first member of every record's own. */
  public static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
              JAVA_SHORT.withName("abi_version"),
              JAVA_SHORT.withName("collector"),
              JAVA_INT.withName("length"),
              JAVA_LONG.withName("ktime_ns"),
              JAVA_INT.withName("cpu"),
              JAVA_INT.withName("pad"))
          .withName("record_header");

  /** Bytes of the header. */
  public static final int BYTES = (int) LAYOUT.byteSize();

  private static final long ABI_VERSION_AT = LAYOUT.byteOffset(groupElement("abi_version"));
  private static final long COLLECTOR_AT = LAYOUT.byteOffset(groupElement("collector"));
  private static final long LENGTH_AT = LAYOUT.byteOffset(groupElement("length"));
  private static final long KTIME_NS_AT = LAYOUT.byteOffset(groupElement("ktime_ns"));
  private static final long CPU_AT = LAYOUT.byteOffset(groupElement("cpu"));

  private RecordHeader() {}

  /** Which layout rules the record follows. */
  public static int abiVersion(MemorySegment data, long record) {
    return Short.toUnsignedInt(data.get(JAVA_SHORT, record + ABI_VERSION_AT));
  }

  /** {@code enum record_collector}: whose record it is. */
  public static int collector(MemorySegment data, long record) {
    return Short.toUnsignedInt(data.get(JAVA_SHORT, record + COLLECTOR_AT));
  }

  /** Bytes of the whole record. */
  public static int length(MemorySegment data, long record) {
    return data.get(JAVA_INT, record + LENGTH_AT);
  }

  /** When it happened, CLOCK_MONOTONIC in nanoseconds. */
  public static long ktimeNs(MemorySegment data, long record) {
    return data.get(JAVA_LONG, record + KTIME_NS_AT);
  }

  /**
   * Writes a header as the BPF programs do.
   *
   * @param length bytes of the whole record
   */
  public static void write(
      MemorySegment data, long record, int collector, int length, long ktimeNs, int cpu) {
    data.set(JAVA_SHORT, record + ABI_VERSION_AT, (short) ABI_VERSION);
    data.set(JAVA_SHORT, record + COLLECTOR_AT, (short) collector);
    data.set(JAVA_INT, record + LENGTH_AT, length);
    data.set(JAVA_LONG, record + KTIME_NS_AT, ktimeNs);
    data.set(JAVA_INT, record + CPU_AT, cpu);
  }

  /** Where it happened. */
  public static int cpu(MemorySegment data, long record) {
    return data.get(JAVA_INT, record + CPU_AT);
  }
}
