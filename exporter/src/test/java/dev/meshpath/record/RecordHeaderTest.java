package dev.meshpath.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RecordHeaderTest {
  /** abi_version, collector, length, ktime_ns, cpu, pad. */
  private static final String GOLDEN =
      "0300" + "0900" + "90000000" + "efcdab8967452301" + "03000000";

  private final MemorySegment data = MemorySegment.ofArray(new long[4]);

  @Test
  void is24Bytes() {
    assertThat(RecordHeader.BYTES).isEqualTo(24);
  }

  @Test
  void writesTheBytesOfTheStruct() {
    Assumptions.assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "skipped: a big-endian machine");
    RecordHeader.write(data, 8, 9, 144, 0x0123_4567_89ab_cdefL, 3);
    assertThat(HexFormat.of().formatHex(data.toArray(ValueLayout.JAVA_BYTE)))
        .isEqualTo("0000000000000000" + GOLDEN + "00000000");
  }

  @Test
  void readsWhatItWrote() {
    RecordHeader.write(data, 8, 65535, 144, Long.MAX_VALUE, 7);
    assertThat(RecordHeader.abiVersion(data, 8)).isEqualTo(RecordHeader.ABI_VERSION);
    assertThat(RecordHeader.collector(data, 8)).isEqualTo(65535);
    assertThat(RecordHeader.length(data, 8)).isEqualTo(144);
    assertThat(RecordHeader.ktimeNs(data, 8)).isEqualTo(Long.MAX_VALUE);
    assertThat(RecordHeader.cpu(data, 8)).isEqualTo(7);
  }

  @Test
  void abiVersionIsUnsigned() {
    data.set(ValueLayout.JAVA_SHORT, 0, (short) -1);
    assertThat(RecordHeader.abiVersion(data, 0)).isEqualTo(65535);
  }

  @Test
  void abiVersionIsThatOfTheCHeader() throws IOException {
    assertThat(Files.readAllLines(Path.of("../bpf/include/record.h")))
        .contains("#define RECORD_ABI_VERSION " + RecordHeader.ABI_VERSION);
  }
}
