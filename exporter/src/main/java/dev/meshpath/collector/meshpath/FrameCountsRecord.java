package dev.meshpath.collector.meshpath;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.ArrayList;
import java.util.List;

/** {@code struct mesh_frame_counts} of bpf/mesh_path/mesh_path.h, and the table of them. */
final class FrameCountsRecord {
  /** The layout of one device's. */
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
              DeviceRecord.LAYOUT.withName("device"),
              JAVA_INT.withName("forwarded_unicast"),
              JAVA_INT.withName("forwarded_multicast"),
              JAVA_INT.withName("discarded_ttl"),
              JAVA_INT.withName("discarded_no_route"),
              JAVA_INT.withName("discarded_unresolved"),
              JAVA_INT.withName("discarded_queue_full"),
              JAVA_INT.withName("queued"),
              JAVA_INT.withName("pad"))
          .withName("mesh_frame_counts");

  /** {@code FRAME_COUNTS_DEVICES}. */
  static final int DEVICES = 64;

  /** The number of devices, its padding. */
  private static final long FIRST = Long.BYTES;

  /** Bytes of {@code struct mesh_frame_counts_of_all}. */
  static final long BYTES = FIRST + DEVICES * LAYOUT.byteSize();

  private static final long FORWARDED_UNICAST = at("forwarded_unicast");
  private static final long FORWARDED_MULTICAST = at("forwarded_multicast");
  private static final long DISCARDED_TTL = at("discarded_ttl");
  private static final long DISCARDED_NO_ROUTE = at("discarded_no_route");
  private static final long DISCARDED_UNRESOLVED = at("discarded_unresolved");
  private static final long DISCARDED_QUEUE_FULL = at("discarded_queue_full");
  private static final long QUEUED = at("queued");

  private FrameCountsRecord() {}

  /**
   * All that are filled.
   *
   * @param table {@link #BYTES} bytes
   */
  static List<FrameCounts> decode(MemorySegment table) {
    List<FrameCounts> all = new ArrayList<>();
    int devices = Math.min(table.get(JAVA_INT, 0), DEVICES);
    for (int i = 0; i < devices; i++) {
      long at = FIRST + i * LAYOUT.byteSize();
      all.add(
          new FrameCounts(
              DeviceRecord.decode(table, at),
              word(table, at + FORWARDED_UNICAST),
              word(table, at + FORWARDED_MULTICAST),
              word(table, at + DISCARDED_TTL),
              word(table, at + DISCARDED_NO_ROUTE),
              word(table, at + DISCARDED_UNRESOLVED),
              word(table, at + DISCARDED_QUEUE_FULL),
              word(table, at + QUEUED)));
    }
    return all;
  }

  private static long word(MemorySegment table, long at) {
    return Integer.toUnsignedLong(table.get(JAVA_INT, at));
  }

  private static long at(String member) {
    return LAYOUT.byteOffset(groupElement(member));
  }
}
