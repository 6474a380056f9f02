package dev.meshpath.collector.meshpath;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.record.RecordLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class FrameCountsRecordTest {
  private static final long SIZE = FrameCountsRecord.LAYOUT.byteSize();
  private static final long FIRST = 8;

  private final MemorySegment table = Arena.ofAuto().allocate(FrameCountsRecord.BYTES, 8);

  @Test
  void layoutIsTheOneOfTheObject() {
    try (BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path")) {
      RecordLayout.prove(object.btf(), FrameCountsRecord.LAYOUT);
      assertThat(object.btf().sizeOfStruct("mesh_frame_counts_of_all"))
          .isEqualTo(FrameCountsRecord.BYTES);
    }
  }

  @Test
  void decodesWhatIsFilled() {
    fill(0, 512, 93, 3, 12, 5, 2, 7);
    fill(1, -1, 0, 0, 0, 0, 0, 0);
    fill(2, 1, 1, 1, 1, 1, 1, 1);
    table.set(JAVA_INT, 0, 2);
    assertThat(FrameCountsRecord.decode(table))
        .containsExactly(
            new FrameCounts(Events.MESH0, 512, 93, 3, 12, 5, 2, 7),
            new FrameCounts(Events.MESH0, 0xffff_ffffL, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void believesNoNumberBeyondTheTable() {
    table.set(JAVA_INT, 0, FrameCountsRecord.DEVICES + 1);
    assertThat(FrameCountsRecord.decode(table)).hasSize(FrameCountsRecord.DEVICES);
  }

  private void fill(int index, int... words) {
    long at = FIRST + index * SIZE;
    DeviceRecord.encode(Events.MESH0, table, at);
    long word = at + DeviceRecord.LAYOUT.byteSize();
    for (int i = 0; i < words.length; i++) {
      table.set(JAVA_INT, word + 4L * i, words[i]);
    }
  }
}
