package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.DeviceRecord.MAC_SLOT;
import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.net.MacAddress;
import dev.meshpath.record.MalformedRecordException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** {@code struct path_cause_record} of bpf/mesh_path/mesh_path.h. */
final class CauseRecord {
  /** {@code FRAME_ROOM}. */
  static final int FRAME_ROOM = 96;

  /** The layout. */
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
              JAVA_SHORT.withName("kind"),
              JAVA_SHORT.withName("command"),
              JAVA_INT.withName("pid"),
              JAVA_LONG.withName("began_ns"),
              MemoryLayout.sequenceLayout(16, JAVA_BYTE).withName("comm"),
              MAC_SLOT.withName("peer"),
              JAVA_SHORT.withName("frame_length"),
              JAVA_SHORT.withName("frame_bytes"),
              JAVA_BYTE.withName("frame_form"),
              JAVA_BYTE.withName("peer_loss"),
              MemoryLayout.sequenceLayout(2, JAVA_BYTE).withName("pad"),
              MemoryLayout.sequenceLayout(FRAME_ROOM, JAVA_BYTE).withName("frame"))
          .withName("path_cause_record");

  private static final long KIND = at("kind");
  private static final long COMMAND = at("command");
  private static final long PID = at("pid");
  private static final long BEGAN_NS = at("began_ns");
  private static final long COMM = at("comm");
  private static final long PEER = at("peer");
  private static final long FRAME_LENGTH = at("frame_length");
  private static final long FRAME_BYTES = at("frame_bytes");
  private static final long FRAME_FORM = at("frame_form");
  private static final long PEER_LOSS = at("peer_loss");
  private static final long FRAME = at("frame");

  /** {@code enum frame_form}. */
  private static final int FORM_NONE = 0;

  private static final int FORM_80211 = 1;
  private static final int FORM_8023 = 2;

  private CauseRecord() {}

  /**
   * @throws MalformedRecordException if the kind or the form of the frame is unknown
   */
  static Cause decode(MemorySegment data, long at) {
    return new Cause(
        PathCause.of(Short.toUnsignedInt(data.get(JAVA_SHORT, at + KIND))),
        Short.toUnsignedInt(data.get(JAVA_SHORT, at + COMMAND)),
        data.get(JAVA_INT, at + PID),
        data.get(JAVA_LONG, at + BEGAN_NS),
        data.get(JAVA_LONG, at + COMM),
        data.get(JAVA_LONG, at + COMM + Long.BYTES),
        MacAddress.fromSlot(data.get(JAVA_LONG, at + PEER)),
        data.get(JAVA_BYTE, at + PEER_LOSS),
        frame(data, at));
  }

  static void encode(Cause cause, MemorySegment data, long at) {
    data.set(JAVA_SHORT, at + KIND, (short) cause.kind().code());
    data.set(JAVA_SHORT, at + COMMAND, (short) cause.command());
    data.set(JAVA_INT, at + PID, cause.pid());
    data.set(JAVA_LONG, at + BEGAN_NS, cause.beganNs());
    data.set(JAVA_LONG, at + COMM, cause.commLow());
    data.set(JAVA_LONG, at + COMM + Long.BYTES, cause.commHigh());
    data.set(JAVA_LONG, at + PEER, MacAddress.toSlot(cause.peer()));
    data.set(JAVA_BYTE, at + PEER_LOSS, (byte) cause.peerLoss());
    FrameSnapshot frame = cause.frame();
    int bytes = Math.min(frame.bytes().length, FRAME_ROOM);
    data.set(JAVA_BYTE, at + FRAME_FORM, (byte) code(frame.form()));
    data.set(JAVA_SHORT, at + FRAME_LENGTH, (short) frame.length());
    data.set(JAVA_SHORT, at + FRAME_BYTES, (short) bytes);
    MemorySegment.copy(frame.bytes(), 0, data, JAVA_BYTE, at + FRAME, bytes);
  }

  private static FrameSnapshot frame(MemorySegment data, long at) {
    int form = Byte.toUnsignedInt(data.get(JAVA_BYTE, at + FRAME_FORM));
    int bytes = Short.toUnsignedInt(data.get(JAVA_SHORT, at + FRAME_BYTES));
    if (bytes > FRAME_ROOM) {
      throw new MalformedRecordException(bytes + " bytes of a frame");
    }
    if (form == FORM_NONE) {
      return FrameSnapshot.NONE;
    }
    byte[] frame = new byte[bytes];
    MemorySegment.copy(data, JAVA_BYTE, at + FRAME, frame, 0, bytes);
    return new FrameSnapshot(
        form(form), Short.toUnsignedInt(data.get(JAVA_SHORT, at + FRAME_LENGTH)), frame);
  }

  private static FrameSnapshot.Form form(int code) {
    return switch (code) {
      case FORM_80211 -> FrameSnapshot.Form.IEEE80211;
      case FORM_8023 -> FrameSnapshot.Form.ETHERNET;
      default -> throw new MalformedRecordException("frame form " + code);
    };
  }

  private static int code(FrameSnapshot.Form form) {
    return switch (form) {
      case NONE -> FORM_NONE;
      case IEEE80211 -> FORM_80211;
      case ETHERNET -> FORM_8023;
    };
  }

  private static long at(String member) {
    return LAYOUT.byteOffset(groupElement(member));
  }
}
