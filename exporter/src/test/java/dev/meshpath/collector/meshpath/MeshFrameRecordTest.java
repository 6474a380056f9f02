package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.ffi.LibC;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.record.MalformedRecordException;
import dev.meshpath.record.RecordHeader;
import dev.meshpath.record.RecordLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshFrameRecordTest {
  /** Behind header, device, began_ns and mesh_path: attempt, frame_length, frame_bytes. */
  private static final long FRAME_BYTES = 24 + 72 + 8 + 8 + 4;

  private static final long DIRECTION = FRAME_BYTES + 2;

  private final MemorySegment data = MemorySegment.ofArray(new long[80]);

  @Test
  void isWhatTheObjectSays() {
    try (BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path")) {
      assertThatCode(() -> RecordLayout.prove(object.btf(), MeshFrameRecord.LAYOUT))
          .doesNotThrowAnyException();
      assertThat(object.btf().enumValue("record_collector", "RECORD_MESH_FRAME"))
          .isEqualTo(MeshFrameRecord.COLLECTOR);
    }
    assertThat(MeshFrameRecord.BYTES).isEqualTo(552);
  }

  @ParameterizedTest
  @EnumSource
  void decodesWhatItEncoded(MeshFrame.Direction direction) {
    MeshFrame frame = frame(direction, 65);
    MeshFrameRecord.encode(frame, data, 16);
    assertThat(MeshFrameRecord.decode(data, 16)).isEqualTo(frame);
    assertThat(RecordHeader.collector(data, 16)).isEqualTo(MeshFrameRecord.COLLECTOR);
    assertThat(RecordHeader.length(data, 16)).isEqualTo(MeshFrameRecord.BYTES);
  }

  @Test
  void holdsAnyHwmpFrame() {
    MeshFrame frame = frame(MeshFrame.Direction.RECEIVED, MeshFrameRecord.FRAME_ROOM);
    MeshFrameRecord.encode(frame, data, 0);
    assertThat(MeshFrameRecord.decode(data, 0)).isEqualTo(frame);
  }

  @Test
  void encodesOverWhatWasThere() {
    MeshFrameRecord.encode(frame(MeshFrame.Direction.SENT, 288), data, 0);
    MeshFrame shorter = frame(MeshFrame.Direction.RECEIVED, 28);
    MeshFrameRecord.encode(shorter, data, 0);
    assertThat(MeshFrameRecord.decode(data, 0)).isEqualTo(shorter);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void rejectsUnknownDirection(int direction) {
    MeshFrameRecord.encode(frame(MeshFrame.Direction.SENT, 65), data, 0);
    data.set(ValueLayout.JAVA_BYTE, DIRECTION, (byte) direction);
    assertThatThrownBy(() -> MeshFrameRecord.decode(data, 0))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("direction " + direction + " of a frame");
  }

  @Test
  void rejectsMoreBytesThanThereIsRoomFor() {
    MeshFrameRecord.encode(frame(MeshFrame.Direction.SENT, 65), data, 0);
    data.set(ValueLayout.JAVA_SHORT, FRAME_BYTES, (short) 289);
    assertThatThrownBy(() -> MeshFrameRecord.decode(data, 0))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("289 bytes of a frame");
  }

  private static MeshFrame frame(MeshFrame.Direction direction, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    return new MeshFrame(
        1_000_000,
        3,
        Events.MESH0,
        direction,
        999_000,
        0xffff_8881_04d9_4200L,
        2,
        new FrameSnapshot(FrameSnapshot.Form.IEEE80211, length, bytes),
        Cause.of(PathCause.DATA_TX));
  }
}
