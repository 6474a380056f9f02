package dev.meshpath.frame.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.frame.Bytes;
import dev.meshpath.frame.Defect;
import dev.meshpath.frame.Frames;
import dev.meshpath.frame.Rann;
import dev.meshpath.frame.file.Captures.Pcap;
import dev.meshpath.frame.file.Captures.Pcapng;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFileTest {
  private static final byte[] FRAME =
      Frames.hwmp().hex("7e15 01021d 020000000200 01000000 e8030000 02400000").toArray();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "LITTLE_ENDIAN, a1b2c3d4, 1970-01-01T00:00:07.000008Z",
    "BIG_ENDIAN, a1b2c3d4, 1970-01-01T00:00:07.000008Z",
    "LITTLE_ENDIAN, a1b23c4d, 1970-01-01T00:00:07.000000008Z",
    "BIG_ENDIAN, a1b23c4d, 1970-01-01T00:00:07.000000008Z"
  })
  void pcapInEachOrderAndResolution(String order, String magic, String time) throws Exception {
    Pcap pcap = new Pcap(order(order), Integer.parseUnsignedInt(magic, 16), Captures.PLAIN);
    List<AirFrame> frames = read(pcap.packet(7, 8, FRAME, FRAME.length).toArray());
    assertThat(frames).hasSize(1);
    assertRann(frames.getFirst());
    assertThat(frames.getFirst().time()).isEqualTo(Instant.parse(time));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void pcapngWithSeveralInterfacesAndSections(String order) throws Exception {
    Pcapng file = new Pcapng().section(order(order));
    file.device(Captures.PLAIN, file.option(9, new byte[] {9}), file.option(2, new byte[] {'w'}))
        .device(
            Captures.RADIOTAP,
            file.option(9, new byte[] {(byte) 0x8a}),
            file.option(14, file.int64(100)))
        .packet(0, 7_000_000_008L, FRAME)
        .block(5, new byte[8])
        .packet(1, 1025, Captures.radiotap(0, FRAME))
        .oldPacket(0, FRAME)
        .simplePacket(FRAME)
        .section(ByteOrder.BIG_ENDIAN)
        .device(Captures.PLAIN)
        .packet(0, 7_000_008, FRAME);
    List<AirFrame> frames = read(file.toArray());
    assertThat(frames).hasSize(5).allSatisfy(CaptureFileTest::assertRann);
    assertThat(frames.stream().map(AirFrame::interfaceId)).containsExactly(0, 1, 0, 0, 2);
    assertThat(frames.stream().map(AirFrame::number)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(frames.stream().map(AirFrame::time))
        .containsExactly(
            Instant.parse("1970-01-01T00:00:07.000000008Z"),
            Instant.parse("1970-01-01T00:01:41.000976562Z"),
            Instant.EPOCH,
            Instant.EPOCH,
            Instant.parse("1970-01-01T00:00:07.000008Z"));
  }

  @Test
  void recordsBeforeTheCutAreThere() throws Exception {
    byte[] whole = Pcap.of(Captures.PLAIN).packet(FRAME).packet(FRAME).toArray();
    for (int length = 0; length < whole.length; length++) {
      Path path = write(Arrays.copyOf(whole, length));
      int records = Math.max(0, (length - 24) / (16 + FRAME.length));
      boolean between = length >= 24 && (length - 24) % (16 + FRAME.length) == 0;
      List<AirFrame> frames = new ArrayList<>();
      try {
        read(path, frames);
        assertThat(between).as("%d bytes", length).isTrue();
      } catch (CaptureException e) {
        assertThat(between).as("%d bytes", length).isFalse();
        assertThat(e.what()).matches("(ends within|is empty).*");
      }
      assertThat(frames).hasSize(records);
    }
  }

  @Test
  void pcapngMayEndAtAnyByte() throws Exception {
    Pcapng file = new Pcapng().section(ByteOrder.LITTLE_ENDIAN);
    file.device(Captures.PLAIN).packet(0, 1, FRAME).packet(0, 1, FRAME);
    byte[] whole = file.toArray();
    for (int length = 1; length < whole.length; length++) {
      List<AirFrame> frames = new ArrayList<>();
      try {
        read(write(Arrays.copyOf(whole, length)), frames);
      } catch (CaptureException e) {
        assertThat(e.what()).startsWith("ends within ");
      }
      assertThat(frames).hasSize(length >= 28 + 20 + 84 ? 1 : 0);
    }
  }

  @Test
  void capturesMayBeAnything() throws IOException {
    Pcapng file = new Pcapng().section(ByteOrder.LITTLE_ENDIAN);
    file.device(Captures.RADIOTAP, file.option(9, new byte[] {9}))
        .packet(0, 1, Captures.radiotap(0x10, Captures.withFcs(FRAME)));
    List<byte[]> valid =
        List.of(
            file.toArray(),
            Pcap.of(Captures.PPI).packet(Captures.ppi(1, Captures.withFcs(FRAME))).toArray(),
            Pcap.of(Captures.RADIOTAP).packet(Captures.radiotapWithoutFlags(FRAME)).toArray(),
            Pcap.of(Captures.AVS).packet(Captures.avs(FRAME)).toArray(),
            Pcap.of(Captures.PRISM)
                .packet(Captures.prism(ByteOrder.LITTLE_ENDIAN, FRAME))
                .toArray());
    Random random = new Random(5);
    for (int round = 0; round < 1000; round++) {
      byte[] bytes = valid.get(random.nextInt(valid.size())).clone();
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        bytes[random.nextInt(random.nextBoolean() ? bytes.length : Math.min(80, bytes.length))] =
            (byte) random.nextInt();
      }
      try {
        read(write(bytes), new ArrayList<>());
      } catch (CaptureException e) {
        assertThat(e.what()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1f8b0800 | is compressed: unpack it with gunzip",
        "68656c6c6f20 | is no pcap or pcapng file \\(it begins with 68656c6c\\): .*",
        "68 | ends within its first four bytes .*",
        "0a0d0d0a 1c000000 00000000 | is damaged: a section of no byte order .*",
        "0a0d0d0a 1d000000 4d3c2b1a | is damaged: a block of 29 bytes .*",
        "0a0d0d0a ffffffff 4d3c2b1a | is damaged: a block of 4294967295 bytes .*",
        "0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 1d000000 | is damaged: a block with two lengths .*"
      })
  void whatIsNoCaptureIsToldInOneSentence(String hex, String what) {
    assertThatThrownBy(() -> read(Bytes.of(hex).toArray()))
        .isInstanceOfSatisfying(CaptureException.class, e -> assertThat(e.what()).matches(what));
  }

  @Test
  void recordOfAnImpossibleLengthIsDamage() {
    byte[] file = Pcap.of(Captures.PLAIN).packet(FRAME).toArray();
    Arrays.fill(file, 32, 36, (byte) 0xff);
    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            CaptureException.class,
            e ->
                assertThat(e.what())
                    .isEqualTo(
                        "is damaged at byte 24: record 1 would have 4294967295 bytes of 49"));
  }

  @Test
  void packetOfAnUnknownInterfaceIsDamage() {
    byte[] file = new Pcapng().section(ByteOrder.LITTLE_ENDIAN).packet(3, 0, FRAME).toArray();
    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            CaptureException.class, e -> assertThat(e.what()).contains("of interface 3"));
  }

  @Test
  void otherLinkTypesArePassedOver() throws Exception {
    Pcapng file = new Pcapng().section(ByteOrder.LITTLE_ENDIAN);
    file.device(1).device(Captures.PLAIN).packet(0, 0, new byte[60]).packet(1, 0, FRAME);
    try (CaptureFile capture = CaptureFile.open(write(file.toArray()))) {
      assertThat(Objects.requireNonNull(capture.next()).number()).isEqualTo(2);
      assertThat(capture.next()).isNull();
      assertThat(capture.records()).isEqualTo(2);
      assertThat(capture.foreignLinkTypes()).containsExactly(1);
    }
  }

  @Test
  void frameCutByTheCaptureIsPartial() throws Exception {
    byte[] kept = Arrays.copyOf(FRAME, 40);
    AirFrame frame =
        read(Pcap.of(Captures.PLAIN).packet(1, 2, kept, FRAME.length).toArray()).getFirst();
    Rann rann = (Rann) frame.frame().elements().getFirst();
    assertThat(rann.defect()).isEqualTo(Defect.TRUNCATED);
    assertThat(rann.root()).isEqualTo(Frames.STA2);
    assertThat(rann.fields()).isEqualTo(4);
  }

  private static void assertRann(AirFrame frame) {
    assertThat(frame.frame().elements())
        .containsExactly(new Rann(1, 2, 29, Frames.STA2, 1, 1000, 16386, 7, null));
  }

  private List<AirFrame> read(byte[] file) throws IOException, CaptureException {
    List<AirFrame> frames = new ArrayList<>();
    read(write(file), frames);
    return frames;
  }

  private static void read(Path path, List<AirFrame> frames) throws IOException, CaptureException {
    try (CaptureFile capture = CaptureFile.open(path)) {
      for (AirFrame frame = capture.next(); frame != null; frame = capture.next()) {
        frames.add(frame);
      }
    }
  }

  private Path write(byte[] file) throws IOException {
    return Files.write(directory.resolve("capture"), file);
  }

  private static ByteOrder order(String name) {
    return name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }
}
