package dev.meshpath.frame.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.frame.Bytes;
import dev.meshpath.frame.Defect;
import dev.meshpath.frame.Frames;
import dev.meshpath.frame.Rann;
import dev.meshpath.frame.Reception;
import dev.meshpath.frame.file.AirFrame.Fcs;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkLayerTest {
  private static final byte[] FRAME =
      Frames.hwmp().hex("7e15 01021d 020000000200 01000000 e8030000 02400000").toArray();
  private static final byte[] WITH_FCS = Captures.withFcs(FRAME);
  private static final byte[] WITH_BAD_FCS = new Bytes().raw(FRAME).hex("00000000").toArray();
  private static final int SAID_NOTHING = Packet.UNKNOWN;

  static Stream<Arguments> packets() {
    return Stream.of(
        of(105, SAID_NOTHING, FRAME, Fcs.NONE),
        of(105, SAID_NOTHING, WITH_FCS, Fcs.GOOD),
        of(105, 0, FRAME, Fcs.NONE),
        of(105, 4, WITH_FCS, Fcs.GOOD),
        of(127, SAID_NOTHING, Captures.radiotap(0, FRAME), Fcs.NONE),
        of(127, SAID_NOTHING, Captures.radiotap(0x10, WITH_FCS), Fcs.GOOD),
        // what the radio says of this packet goes before what the file says of all
        of(127, 4, Captures.radiotap(0, FRAME), Fcs.NONE),
        of(127, 0, Captures.radiotap(0x10, WITH_FCS), Fcs.GOOD),
        of(127, SAID_NOTHING, Captures.radiotapWithoutFlags(FRAME), Fcs.NONE),
        of(127, SAID_NOTHING, Captures.radiotapWithoutFlags(WITH_FCS), Fcs.GOOD),
        of(127, 4, Captures.radiotapWithoutFlags(WITH_FCS), Fcs.GOOD),
        of(192, SAID_NOTHING, Captures.ppi(0, FRAME), Fcs.NONE),
        of(192, SAID_NOTHING, Captures.ppi(1, WITH_FCS), Fcs.GOOD),
        of(163, SAID_NOTHING, Captures.avs(FRAME), Fcs.NONE),
        of(163, SAID_NOTHING, Captures.avs(WITH_FCS), Fcs.GOOD),
        of(119, SAID_NOTHING, Captures.prism(ByteOrder.LITTLE_ENDIAN, FRAME), Fcs.NONE),
        of(119, SAID_NOTHING, Captures.prism(ByteOrder.BIG_ENDIAN, WITH_FCS), Fcs.GOOD),
        of(119, SAID_NOTHING, Captures.avs(WITH_FCS), Fcs.GOOD));
  }

  @ParameterizedTest
  @MethodSource("packets")
  void frameIsTheSameWhateverStandsAroundIt(int linkType, int fcsBytes, byte[] bytes, Fcs fcs) {
    AirFrame frame = frame(linkType, fcsBytes, bytes, bytes.length);
    assertThat(frame.frame()).isEqualTo(Frames.decode(FRAME));
    assertThat(frame.fcs()).isEqualTo(fcs);
    assertThat(frame.defect()).isNull();
  }

  @Test
  void signalIsThatOfTheRadio() {
    assertThat(frame(127, -1, Captures.radiotap(0, FRAME)).reception().signalDbm())
        .isEqualTo(OptionalInt.of(-40));
    assertThat(frame(127, -1, Captures.radiotapWithoutFlags(FRAME)).reception().signalDbm())
        .isEqualTo(OptionalInt.of(-39));
    assertThat(frame(192, -1, Captures.ppi(0, FRAME)).reception().signalDbm())
        .isEqualTo(OptionalInt.of(-40));
    assertThat(frame(105, -1, FRAME).reception().signalDbm()).isEqualTo(OptionalInt.empty());
  }

  @Test
  void radioTellsRateAndChannel() {
    Reception reception = frame(127, -1, Captures.radiotap(0x30, WITH_FCS)).reception();
    assertThat(reception.rateKbps()).isEqualTo(OptionalInt.of(1_000));
    assertThat(reception.mhz()).isEqualTo(OptionalInt.of(2412));
    // what stands behind it once it is written has neither check sequence nor padding
    byte[] bare = Captures.radiotap(0, new byte[0]);
    assertThat(reception.radiotap()).isEqualTo(bare);
    Reception silent = frame(105, -1, FRAME).reception();
    assertThat(silent.rateKbps()).isEmpty();
    assertThat(silent.radiotap()).isEmpty();
  }

  @Test
  void wrongCheckSequenceIsADefect() {
    AirFrame announced = frame(105, 4, WITH_BAD_FCS);
    assertThat(announced.fcs()).isEqualTo(Fcs.BAD);
    assertThat(announced.defect()).isEqualTo(Defect.BAD_FCS);
    assertThat(announced.frame()).isEqualTo(Frames.decode(FRAME));
    assertThat(frame(127, -1, Captures.radiotap(0x50, WITH_BAD_FCS)).fcs()).isEqualTo(Fcs.BAD);
    assertThat(frame(127, -1, Captures.radiotap(0x40, FRAME)).fcs()).isEqualTo(Fcs.BAD);
    assertThat(frame(192, -1, Captures.ppi(5, WITH_BAD_FCS)).fcs()).isEqualTo(Fcs.BAD);
  }

  @Test
  void checkSequenceThatWasCutOffIsNoPartOfTheFrame() {
    for (int kept = FRAME.length; kept < WITH_FCS.length; kept++) {
      AirFrame frame = frame(105, 4, Arrays.copyOf(WITH_FCS, kept), WITH_FCS.length);
      assertThat(frame.fcs()).isEqualTo(Fcs.CUT);
      assertThat(frame.frame()).isEqualTo(Frames.decode(FRAME));
    }
    AirFrame shorter = frame(105, 4, Arrays.copyOf(WITH_FCS, FRAME.length - 1), WITH_FCS.length);
    assertThat(((Rann) shorter.frame().elements().getFirst()).defect()).isEqualTo(Defect.TRUNCATED);
  }

  @Test
  void someRadiosPadTheHeader() {
    byte[] qosData =
        Bytes.of(
                "88030000 020000000200 020000000100 020000000200 1000 020000000000 0001 0000"
                    + "00 1f 01000000 aaaa03000000 0806")
            .toArray();
    // a header of 32 bytes needs no padding: two more come from the HT control
    byte[] order = Arrays.copyOf(qosData, qosData.length);
    assertThat(frame(127, -1, Captures.radiotap(0x20, order)).frame().header().length())
        .isEqualTo(32);
    byte[] three =
        Bytes.of(
                "88020000 ffffffffffff 020000000100 020000000000 1000 0001 0000"
                    + "00 1f 01000000 aaaa03000000 0806")
            .toArray();
    AirFrame padded = frame(127, -1, Captures.radiotap(0x20, three));
    assertThat(padded.frame().header().length()).isEqualTo(28);
    assertThat(padded.frame().toString()).contains("ttl=31");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127 0000",
        "127 01000800 00000000",
        "127 0000ff00 00000000 00000000",
        "127 00000900 01000000 00000000",
        "127 00000c00 000000a0 000000a0",
        "192 00000800 7f000000",
        "192 00000c00 69000000 0200ff00",
        "163 80211001 ffffffff 00000000",
        "119 44000000 ffff0000",
        "119 45000000 08000000"
      })
  void damagedHeaderIsNamed(String packet) {
    byte[] bytes = Bytes.of(packet.substring(4)).toArray();
    AirFrame frame = frame(Integer.parseInt(packet.substring(0, 3)), -1, bytes, bytes.length);
    assertThat(frame.defect()).isEqualTo(Defect.LINK_HEADER);
    AirFrame cut = frame(Integer.parseInt(packet.substring(0, 3)), -1, bytes, bytes.length + 1);
    assertThat(cut.defect()).isEqualTo(Defect.TRUNCATED);
  }

  private static Arguments of(int linkType, int fcsBytes, byte[] bytes, Fcs fcs) {
    return Arguments.of(linkType, fcsBytes, bytes, fcs);
  }

  private static AirFrame frame(int linkType, int fcsBytes, byte[] bytes) {
    return frame(linkType, fcsBytes, bytes, bytes.length);
  }

  private static AirFrame frame(int linkType, int fcsBytes, byte[] bytes, int length) {
    return Objects.requireNonNull(
        LinkLayer.frame(new Packet(1, Instant.EPOCH, 0, linkType, fcsBytes, bytes, length)));
  }
}
