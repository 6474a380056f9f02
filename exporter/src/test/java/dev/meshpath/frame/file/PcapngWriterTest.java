package dev.meshpath.frame.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.frame.Bytes;
import dev.meshpath.frame.file.Captures.Pcapng;
import dev.meshpath.frame.file.PcapngWriter.Captured;
import dev.meshpath.frame.file.PcapngWriter.Device;
import dev.meshpath.frame.file.PcapngWriter.Direction;
import dev.meshpath.frame.file.PcapngWriter.LinkType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapngWriterTest {
  private static final String PROGRAM = "meshpath 1.2.3";
  private static final long EPOCH_NS = 1_700_000_000_123_456_789L;
  private static final int SNAP = 512;

  private static final Device RADIO =
      new Device("mesh0", "mesh m", 0x0200_0000_0100L, LinkType.IEEE80211);
  private static final Device WIRE =
      new Device("mesh0", "mesh m", 0x0200_0000_0100L, LinkType.ETHERNET);

  /** A PERR by 02:00:00:00:02:00 about 02:00:00:00:01:00, sequence number 5, reason 63. */
  private static final byte[] PERR =
      new Bytes()
          .hex("d000 0000 ffffffffffff 020000000200 020000000200 1000")
          .hex("0d 01 84 0f 1f 01 00 020000000100 05000000 3f00")
          .toArray();

  private static final byte[] ARP =
      new Bytes()
          .hex("ffffffffffff 020000000100 0806 0001 0800 06 04 0001")
          .hex("020000000100 0a0b0001 000000000000 0a0b0002")
          .toArray();

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = directory.resolve("causes.pcapng");
  }

  private static Captured perr(String... comments) {
    return new Captured(RADIO, EPOCH_NS, Direction.INBOUND, PERR, PERR.length, List.of(comments));
  }

  private static Captured arp() {
    return new Captured(WIRE, EPOCH_NS + 1, Direction.OUTBOUND, ARP, 60, List.of("add äöü"));
  }

  private byte[] write(Captured... packets) throws Exception {
    try (PcapngWriter writer = PcapngWriter.open(file, PROGRAM)) {
      for (Captured packet : packets) {
        assertThat(writer.write(packet, Long.MAX_VALUE)).isPositive();
      }
      assertThat(writer.bytes()).isEqualTo(Files.size(file));
    }
    return Files.readAllBytes(file);
  }

  @Test
  void bytesAreThoseOfTheSpecification() throws Exception {
    byte[] expected =
        new Bytes()
            // section: length 52, byte order, 1.0, length unknown, program, end of options
            .hex("0a0d0d0a 34000000 4d3c2b1a 0100 0000 ffffffffffffffff")
            .hex("0400 0e00 6d65736870617468 20312e322e33 0000 00000000 34000000")
            // interface: length 76, link type 105, 512 bytes, name, description, address, ns, no
            // FCS
            .hex("01000000 4c000000 6900 0000 00020000")
            .hex("0200 0500 6d65736830 000000  0300 0600 6d657368206d 0000")
            .hex("0600 0600 020000000100 0000  0900 0100 09 000000  0d00 0100 00 000000 00000000")
            .hex("4c000000")
            // packet: length 100, interface 0, time, 43 of 43 bytes, comment, direction
            .hex("06000000 64000000 00000000" + time() + "2b000000 2b000000")
            .raw(PERR)
            .hex("00 0100 0600 706572722031 0000  0200 0400 01000000  00000000 64000000")
            .toArray();
    assertThat(write(perr("perr 1"))).isEqualTo(expected);
  }

  /** The upper half of the time, then the lower, each little endian. */
  private static String time() {
    return String.format(
        "%08x%08x",
        Integer.reverseBytes((int) (EPOCH_NS >>> 32)), Integer.reverseBytes((int) EPOCH_NS));
  }

  @Test
  void bytesAreThoseOfAnotherWriter() throws Exception {
    Pcapng other = new Pcapng();
    other.block(
        0x0a0d0d0a,
        new Bytes().hex("4d3c2b1a 0100 0000 ffffffffffffffff").toArray(),
        other.option(4, PROGRAM.getBytes(StandardCharsets.UTF_8)),
        new byte[4]);
    describe(other, 105);
    other.packet(0, EPOCH_NS, PERR, comment(other, "a"), comment(other, "b"), flags(other, 1));
    describe(other, 1);
    other.cutPacket(1, EPOCH_NS + 1, ARP, 60, comment(other, "add äöü"), flags(other, 2));
    other.packet(0, EPOCH_NS, PERR, flags(other, 1));
    assertThat(write(perr("a", "b"), arp(), perr())).isEqualTo(other.toArray());
  }

  private static void describe(Pcapng to, int linkType) {
    to.block(
        1,
        new Bytes().u16(linkType).u16(0).u32(SNAP).toArray(),
        to.option(2, "mesh0".getBytes(StandardCharsets.UTF_8)),
        to.option(3, "mesh m".getBytes(StandardCharsets.UTF_8)),
        to.option(6, new byte[] {2, 0, 0, 0, 1, 0}),
        to.option(9, new byte[] {9}),
        to.option(13, new byte[] {0}),
        new byte[4]);
  }

  private static byte[] comment(Pcapng in, String text) {
    return in.option(1, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] flags(Pcapng in, int direction) {
    return new Bytes().raw(in.option(2, in.int32(direction))).raw(new byte[4]).toArray();
  }

  @Test
  void ownReaderReadsIt() throws Exception {
    write(perr("x"), arp());
    try (CaptureFile capture = CaptureFile.open(file)) {
      AirFrame frame = Objects.requireNonNull(capture.next());
      assertThat(frame.time()).isEqualTo(Instant.ofEpochSecond(0, EPOCH_NS));
      assertThat(frame.fcs()).isEqualTo(AirFrame.Fcs.NONE);
      assertThat(frame.defect()).isNull();
      assertThat(frame.frame().elements()).hasSize(1);
      assertThat(capture.next()).isNull();
      assertThat(capture.foreignLinkTypes()).containsExactly(1);
    }
  }

  @Test
  void blocksHaveTimeAndComments() throws Exception {
    ByteArrayInputStream in = new ByteArrayInputStream(write(perr("a b", "c"), arp()));
    assertThat(next(in).isPacket()).isFalse();
    assertThat(next(in).isPacket()).isFalse();
    PcapngBlock packet = next(in);
    assertThat(packet.isPacket()).isTrue();
    assertThat(packet.epochNs()).isEqualTo(EPOCH_NS);
    assertThat(packet.comments()).containsExactly("a b", "c");
    assertThat(next(in).isPacket()).isFalse();
    assertThat(next(in).comments()).containsExactly("add äöü");
    assertThat(PcapngBlock.read(in)).isNull();
  }

  @Test
  void tsharkReadsIt() throws Exception {
    Tshark.assume();
    write(perr("change 1", "delete 2"), arp());
    write(perr("again"));
    Tshark.Answer answer =
        Tshark.read(
            file,
            "frame.time_epoch",
            "frame.interface_name",
            "frame.interface_description",
            "frame.packet_flags_direction",
            "frame.comment",
            "frame.cap_len",
            "frame.len",
            "wlan.hwmp.targ_sn",
            "arp.dst.proto_ipv4",
            "_ws.malformed");
    assertThat(answer.exitCode()).isZero();
    String time = "1700000000.12345678";
    assertThat(answer.rows())
        .hasSize(3)
        .satisfies(
            rows -> {
              assertThat(rows.get(0).split("\t", -1))
                  .startsWith(time + "9", "mesh0", "mesh m")
                  .contains("change 1|delete 2", "43");
              assertThat(rows.get(1).split("\t", -1))
                  .startsWith("1700000000.123456790")
                  .contains("add äöü", "42", "60", "10.11.0.2");
              assertThat(rows.get(2).split("\t", -1)).contains("again");
            });
  }

  @Test
  void whateverIsCutTheWholeBlocksAreRead() throws Exception {
    byte[] whole = write(perr("one"), perr("two"), perr("three"));
    int[] ends = ends(whole);
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      int most = length;
      assertThat(readable()).isEqualTo(Arrays.stream(ends).filter(end -> end <= most).count());
    }
  }

  /** Writes until it is killed. */
  static final class Endless {
    private Endless() {}

    public static void main(String[] arguments) throws Exception {
      try (PcapngWriter writer = PcapngWriter.open(Path.of(arguments[0]), PROGRAM)) {
        while (writer.write(perr("one", "two"), Long.MAX_VALUE) > 0) {}
      }
    }
  }

  @Test
  void fileOfAKilledProcessIsReadable() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Endless.class.getName(),
                file.toString())
            .inheritIO()
            .start();
    while (process.isAlive() && (!Files.exists(file) || Files.size(file) < 200_000)) {
      Thread.sleep(1);
    }
    process.destroyForcibly().waitFor();
    assertThat(readable()).isGreaterThan(1_000);
    long bytes = Files.size(file);
    int packets = readable();
    write(perr("three"));
    assertThat(readable()).isEqualTo(packets + 1);
    assertThat(Files.size(file)).isLessThan(bytes + 400); // no more than one block was cut
  }

  @Test
  void tsharkReadsWhatIsWholeOfACutFile() throws Exception {
    Tshark.assume();
    byte[] whole = write(perr("one"), perr("two"), perr("three"));
    int[] ends = ends(whole);
    for (int length = whole.length; length > ends[0]; length -= 19) {
      Files.write(file, Arrays.copyOf(whole, length));
      int most = length;
      assertThat(Tshark.read(file, "frame.comment").rows())
          .hasSize((int) Arrays.stream(ends).filter(end -> end <= most).count());
    }
  }

  @Test
  void whatIsCutIsContinuedBehindItsLastWholeBlock() throws Exception {
    byte[] whole = write(perr("one"), perr("two"));
    int[] ends = ends(whole);
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      int most = length;
      long kept = Arrays.stream(ends).filter(end -> end <= most).count();
      write(perr("three"));
      assertThat(readable()).isEqualTo(kept + 1);
      try (CaptureFile capture = CaptureFile.open(file)) {
        while (capture.next() != null) {} // would throw
      }
    }
  }

  @Test
  void zerosBehindACrashOfTheMachineAreCutOff() throws Exception {
    byte[] whole = write(perr("one"));
    Files.write(file, Arrays.copyOf(whole, whole.length + 4096));
    write(perr("two"));
    assertThat(readable()).isEqualTo(2);
  }

  @Test
  void foreignFileIsLeftAlone() throws Exception {
    for (byte[] foreign :
        List.of(
            "x".getBytes(StandardCharsets.UTF_8),
            "a text\n".getBytes(StandardCharsets.UTF_8),
            new byte[100],
            new Pcapng().section(ByteOrder.LITTLE_ENDIAN).device(105).toArray(),
            new Pcapng().section(ByteOrder.BIG_ENDIAN).device(105).toArray())) {
      Files.write(file, foreign);
      assertThatThrownBy(() -> PcapngWriter.open(file, PROGRAM))
          .isInstanceOf(CaptureException.class);
      assertThat(Files.readAllBytes(file)).isEqualTo(foreign);
    }
  }

  @Test
  void fullFileIsToldAndNotTouched() throws Exception {
    try (PcapngWriter writer = PcapngWriter.open(file, PROGRAM)) {
      assertThat(writer.beganNs()).isEqualTo(PcapngWriter.NEVER);
      int size = writer.write(perr("one"), Long.MAX_VALUE);
      long bytes = writer.bytes();
      assertThat(writer.write(perr("one"), bytes + size / 2)).isZero();
      assertThat(Files.size(file)).isEqualTo(bytes);
      assertThat(writer.beganNs()).isEqualTo(EPOCH_NS);
    }
    assertThat(PcapngWriter.beganNs(file, PROGRAM)).isEqualTo(EPOCH_NS);
  }

  @Test
  void longTextsAndManyCommentsAreCut() throws Exception {
    String[] comments = new String[100];
    Arrays.fill(comments, "ä".repeat(5_000));
    byte[] frame = Arrays.copyOf(PERR, 2_000);
    write(
        perr(comments), new Captured(RADIO, 1, Direction.INBOUND, frame, frame.length, List.of()));
    ByteArrayInputStream in = new ByteArrayInputStream(Files.readAllBytes(file));
    PcapngBlock.read(in);
    PcapngBlock.read(in);
    assertThat(next(in).comments()).hasSize(32).containsOnly("ä".repeat(512));
    assertThat(readable()).isEqualTo(2);
  }

  @Test
  void onlyTheOwnerMayReadIt() throws Exception {
    write();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private static PcapngBlock next(ByteArrayInputStream in) throws IOException, CaptureException {
    return Objects.requireNonNull(PcapngBlock.read(in));
  }

  /** Where the packets end. */
  private static int[] ends(byte[] whole) throws IOException, CaptureException {
    ByteArrayInputStream in = new ByteArrayInputStream(whole);
    int[] ends = new int[16];
    int packets = 0;
    int at = 0;
    for (PcapngBlock block = PcapngBlock.read(in); block != null; block = PcapngBlock.read(in)) {
      at += block.bytes().length;
      if (block.isPacket()) {
        ends[packets] = at;
        packets++;
      }
    }
    return Arrays.copyOf(ends, packets);
  }

  private int readable() throws IOException {
    int frames = 0;
    try (CaptureFile capture = CaptureFile.open(file)) {
      while (capture.next() != null) {
        frames++;
      }
    } catch (CaptureException e) {
      assertThat(e.what()).containsAnyOf("ends within", "is empty");
    }
    return frames;
  }
}
