package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.DeviceRecord.MAC_SLOT;
import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.meshpath.net.MacAddress;
import dev.meshpath.record.MalformedRecordException;
import dev.meshpath.record.RecordHeader;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import org.jspecify.annotations.Nullable;

/** {@code struct mesh_path_event} of bpf/mesh_path/mesh_path.h: its layout and how to read it. */
public final class MeshPathRecord {
  /** {@code RECORD_MESH_PATH} of bpf/include/record.h. */
  public static final int COLLECTOR = 1;

  private static final StructLayout STATE =
      MemoryLayout.structLayout(
              MAC_SLOT.withName("next_hop"),
              JAVA_LONG.withName("expiry_ns"),
              JAVA_INT.withName("sn"),
              JAVA_INT.withName("airtime_metric"),
              JAVA_INT.withName("flags"),
              JAVA_BYTE.withName("hop_count"),
              JAVA_BYTE.withName("is_root"),
              JAVA_BYTE.withName("is_gate"),
              JAVA_BYTE.withName("pad"))
          .withName("mesh_path_state");

  /** The layout. */
  public static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
              RecordHeader.LAYOUT.withName("header"),
              DeviceRecord.LAYOUT.withName("device"),
              MAC_SLOT.withName("destination"),
              JAVA_LONG.withName("mesh_path"),
              JAVA_SHORT.withName("change"),
              JAVA_SHORT.withName("states"),
              JAVA_INT.withName("error"),
              JAVA_INT.withName("detail"),
              JAVA_INT.withName("pad"),
              STATE.withName("before"),
              STATE.withName("after"),
              CauseRecord.LAYOUT.withName("cause"))
          .withName("mesh_path_event");

  /** Bytes of a record. */
  public static final int BYTES = (int) LAYOUT.byteSize();

  /** {@code MESH_PATH_HAS_BEFORE}. */
  static final int HAS_BEFORE = 0x1;

  /** {@code MESH_PATH_HAS_AFTER}. */
  static final int HAS_AFTER = 0x2;

  private static final long DEVICE = at("device");
  private static final long DESTINATION = at("destination");
  private static final long MESH_PATH = at("mesh_path");
  private static final long CHANGE = at("change");
  private static final long STATES = at("states");
  private static final long ERROR = at("error");
  private static final long DETAIL = at("detail");
  private static final long BEFORE = at("before");
  private static final long AFTER = at("after");
  private static final long CAUSE = at("cause");

  private static final long NEXT_HOP = STATE.byteOffset(groupElement("next_hop"));
  private static final long EXPIRY_NS = STATE.byteOffset(groupElement("expiry_ns"));
  private static final long SN = STATE.byteOffset(groupElement("sn"));
  private static final long AIRTIME_METRIC = STATE.byteOffset(groupElement("airtime_metric"));
  private static final long FLAGS = STATE.byteOffset(groupElement("flags"));
  private static final long HOP_COUNT = STATE.byteOffset(groupElement("hop_count"));
  private static final long IS_ROOT = STATE.byteOffset(groupElement("is_root"));
  private static final long IS_GATE = STATE.byteOffset(groupElement("is_gate"));

  private MeshPathRecord() {}

  /**
   * Reads a record of {@link #BYTES} bytes.
   *
   * @param record where it begins in {@code data}, a multiple of 8
   * @throws MalformedRecordException if it holds an unknown change or cause
   */
  public static MeshPathEvent decode(MemorySegment data, long record) {
    int states = Short.toUnsignedInt(data.get(JAVA_SHORT, record + STATES));
    return new MeshPathEvent(
        RecordHeader.ktimeNs(data, record),
        RecordHeader.cpu(data, record),
        DeviceRecord.decode(data, record + DEVICE),
        mac(data, record + DESTINATION),
        data.get(JAVA_LONG, record + MESH_PATH),
        MeshPathChange.of(Short.toUnsignedInt(data.get(JAVA_SHORT, record + CHANGE))),
        data.get(JAVA_INT, record + ERROR),
        data.get(JAVA_INT, record + DETAIL),
        (states & HAS_BEFORE) == 0 ? null : state(data, record + BEFORE),
        (states & HAS_AFTER) == 0 ? null : state(data, record + AFTER),
        CauseRecord.decode(data, record + CAUSE));
  }

  /**
   * Writes an event as the BPF program would: for tests, benchmarks and replay.
   *
   * @param data with {@link #BYTES} bytes from {@code record} on
   */
  public static void encode(MeshPathEvent event, MemorySegment data, long record) {
    data.asSlice(record, BYTES).fill((byte) 0);
    RecordHeader.write(data, record, COLLECTOR, BYTES, event.ktimeNs(), event.cpu());
    DeviceRecord.encode(event.device(), data, record + DEVICE);
    data.set(JAVA_LONG, record + DESTINATION, MacAddress.toSlot(event.destination()));
    data.set(JAVA_LONG, record + MESH_PATH, event.meshPath());
    data.set(JAVA_SHORT, record + CHANGE, (short) event.change().code());
    data.set(JAVA_INT, record + ERROR, event.error());
    data.set(JAVA_INT, record + DETAIL, event.detail());
    int states = 0;
    if (event.before() != null) {
      states |= HAS_BEFORE;
      encodeState(event.before(), data, record + BEFORE);
    }
    if (event.after() != null) {
      states |= HAS_AFTER;
      encodeState(event.after(), data, record + AFTER);
    }
    data.set(JAVA_SHORT, record + STATES, (short) states);
    CauseRecord.encode(event.cause(), data, record + CAUSE);
  }

  private static MeshPathState state(MemorySegment data, long at) {
    return new MeshPathState(
        mac(data, at + NEXT_HOP),
        data.get(JAVA_LONG, at + EXPIRY_NS),
        data.get(JAVA_INT, at + SN),
        data.get(JAVA_INT, at + AIRTIME_METRIC),
        data.get(JAVA_INT, at + FLAGS),
        Byte.toUnsignedInt(data.get(JAVA_BYTE, at + HOP_COUNT)),
        data.get(JAVA_BYTE, at + IS_ROOT) != 0,
        data.get(JAVA_BYTE, at + IS_GATE) != 0);
  }

  private static void encodeState(@Nullable MeshPathState state, MemorySegment data, long at) {
    if (state == null) {
      return;
    }
    data.set(JAVA_LONG, at + NEXT_HOP, MacAddress.toSlot(state.nextHop()));
    data.set(JAVA_LONG, at + EXPIRY_NS, state.expiryNs());
    data.set(JAVA_INT, at + SN, state.sequenceNumber());
    data.set(JAVA_INT, at + AIRTIME_METRIC, state.airtimeMetric());
    data.set(JAVA_INT, at + FLAGS, state.flags());
    data.set(JAVA_BYTE, at + HOP_COUNT, (byte) state.hopCount());
    data.set(JAVA_BYTE, at + IS_ROOT, (byte) (state.root() ? 1 : 0));
    data.set(JAVA_BYTE, at + IS_GATE, (byte) (state.gate() ? 1 : 0));
  }

  private static long mac(MemorySegment data, long at) {
    return MacAddress.fromSlot(data.get(JAVA_LONG, at));
  }

  private static long at(String member) {
    return LAYOUT.byteOffset(groupElement(member));
  }
}
