package dev.meshpath.collector.meshpath;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.record.MalformedRecordException;
import dev.meshpath.record.RecordHeader;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** {@code struct mesh_frame_record} of bpf/mesh_path/mesh_path.h: its layout and how to read it. */
public final class MeshFrameRecord {
  /** {@code RECORD_MESH_FRAME} of bpf/include/record.h. */
  public static final int COLLECTOR = 2;

  /** {@code WHOLE_FRAME_ROOM}. */
  public static final int FRAME_ROOM = 288;

  /** The layout. */
  public static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
              RecordHeader.LAYOUT.withName("header"),
              DeviceRecord.LAYOUT.withName("device"),
              JAVA_LONG.withName("began_ns"),
              JAVA_LONG.withName("mesh_path"),
              JAVA_SHORT.withName("attempt"),
              JAVA_SHORT.withName("frame_length"),
              JAVA_SHORT.withName("frame_bytes"),
              JAVA_BYTE.withName("direction"),
              JAVA_BYTE.withName("pad"),
              CauseRecord.LAYOUT.withName("cause"),
              MemoryLayout.sequenceLayout(FRAME_ROOM, JAVA_BYTE).withName("frame"))
          .withName("mesh_frame_record");

  /** Bytes of a record. */
  public static final int BYTES = (int) LAYOUT.byteSize();

  private static final long DEVICE = at("device");
  private static final long BEGAN_NS = at("began_ns");
  private static final long MESH_PATH = at("mesh_path");
  private static final long ATTEMPT = at("attempt");
  private static final long FRAME_LENGTH = at("frame_length");
  private static final long FRAME_BYTES = at("frame_bytes");
  private static final long DIRECTION = at("direction");
  private static final long CAUSE = at("cause");
  private static final long FRAME = at("frame");

  private static final int RECEIVED = 1;
  private static final int SENT = 2;

  private MeshFrameRecord() {}

  /**
   * Reads a record of {@link #BYTES} bytes.
   *
   * @param record where it begins in {@code data}, a multiple of 8
   * @throws MalformedRecordException if it holds an unknown direction or cause, or more bytes of
   *     the frame than it has room for
   */
  public static MeshFrame decode(MemorySegment data, long record) {
    int bytes = Short.toUnsignedInt(data.get(JAVA_SHORT, record + FRAME_BYTES));
    if (bytes > FRAME_ROOM) {
      throw new MalformedRecordException(bytes + " bytes of a frame");
    }
    byte[] frame = new byte[bytes];
    MemorySegment.copy(data, JAVA_BYTE, record + FRAME, frame, 0, bytes);
    return new MeshFrame(
        RecordHeader.ktimeNs(data, record),
        RecordHeader.cpu(data, record),
        DeviceRecord.decode(data, record + DEVICE),
        direction(data.get(JAVA_BYTE, record + DIRECTION)),
        data.get(JAVA_LONG, record + BEGAN_NS),
        data.get(JAVA_LONG, record + MESH_PATH),
        Short.toUnsignedInt(data.get(JAVA_SHORT, record + ATTEMPT)),
        new FrameSnapshot(
            FrameSnapshot.Form.IEEE80211,
            Short.toUnsignedInt(data.get(JAVA_SHORT, record + FRAME_LENGTH)),
            frame),
        CauseRecord.decode(data, record + CAUSE));
  }

  /**
   * Writes a frame as the BPF program would: for tests and replay.
   *
   * @param data with {@link #BYTES} bytes from {@code record} on
   */
  public static void encode(MeshFrame frame, MemorySegment data, long record) {
    data.asSlice(record, BYTES).fill((byte) 0);
    RecordHeader.write(data, record, COLLECTOR, BYTES, frame.ktimeNs(), frame.cpu());
    DeviceRecord.encode(frame.device(), data, record + DEVICE);
    data.set(JAVA_LONG, record + BEGAN_NS, frame.beganNs());
    data.set(JAVA_LONG, record + MESH_PATH, frame.meshPath());
    data.set(JAVA_SHORT, record + ATTEMPT, (short) frame.attempt());
    data.set(
        JAVA_BYTE,
        record + DIRECTION,
        (byte) (frame.direction() == MeshFrame.Direction.SENT ? SENT : RECEIVED));
    CauseRecord.encode(frame.cause(), data, record + CAUSE);
    int bytes = Math.min(frame.frame().bytes().length, FRAME_ROOM);
    data.set(JAVA_SHORT, record + FRAME_LENGTH, (short) frame.frame().length());
    data.set(JAVA_SHORT, record + FRAME_BYTES, (short) bytes);
    MemorySegment.copy(frame.frame().bytes(), 0, data, JAVA_BYTE, record + FRAME, bytes);
  }

  private static MeshFrame.Direction direction(int code) {
    return switch (code) {
      case RECEIVED -> MeshFrame.Direction.RECEIVED;
      case SENT -> MeshFrame.Direction.SENT;
      default -> throw new MalformedRecordException("direction " + code + " of a frame");
    };
  }

  private static long at(String member) {
    return LAYOUT.byteOffset(groupElement(member));
  }
}
