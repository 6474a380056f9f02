package dev.meshpath.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.net.MacAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each byte as IEEE 802.11-2020 has it in 9.4.2.111 to 9.4.2.114. */
class HwmpElementTest {
  private static final String PREQ_HEAD =
      "01 02 1e 04030201 020000000000 05000000"; // gate, 2 hops, TTL 30, id, originator, its SN

  private static final String TARGET1 = "01 020000000100 07000000";
  private static final String TARGET2 = "04 020000000200 00000000";

  @Test
  void preqWithOneTarget() {
    Preq preq = one(Preq.class, 130, PREQ_HEAD + "12130000 01200000 01" + TARGET1);
    assertThat(preq)
        .isEqualTo(
            new Preq(
                1,
                2,
                30,
                0x01020304,
                Frames.STA0,
                5,
                MacAddress.NONE,
                4882,
                8193,
                1,
                List.of(new Preq.Target(1, Frames.STA1, 7)),
                9,
                null));
  }

  @Test
  void preqWithSeveralTargets() {
    Preq preq = one(Preq.class, 130, PREQ_HEAD + "12130000 01200000 02" + TARGET1 + TARGET2);
    assertThat(preq.defect()).isNull();
    assertThat(preq.targets())
        .containsExactly(new Preq.Target(1, Frames.STA1, 7), new Preq.Target(4, Frames.STA2, 0));
  }

  @Test
  void preqWithAddressExtension() {
    Preq preq =
        one(
            Preq.class,
            130,
            "40 02 1e 04030201 020000000000 05000000 0a0b0c0d0e0f 12130000 01200000 01" + TARGET1);
    assertThat(preq.defect()).isNull();
    assertThat(preq.originatorExternal()).isEqualTo(Frames.HOST);
    assertThat(preq.lifetimeTu()).isEqualTo(4882);
    assertThat(preq.targets()).containsExactly(new Preq.Target(1, Frames.STA1, 7));
  }

  /** The length is that of a PREQ without: what would be the extension is the lifetime. */
  @Test
  void preqWhoseFlagsClaimAnExtensionThatHasNoRoom() {
    Preq preq =
        one(
            Preq.class,
            130,
            "40 02 1e 04030201 020000000000 05000000 12130000 01200000 01" + TARGET1);
    assertThat(preq.defect()).isEqualTo(Defect.LENGTH_CONTRADICTS_FLAGS);
    assertThat(preq.originatorSn()).isEqualTo(5);
    assertThat(preq.fields()).isEqualTo(6);
    assertThat(preq.lifetimeTu()).isZero();
    assertThat(preq.targets()).isEmpty();
  }

  @Test
  void preqWithAnExtensionThatItsFlagsDeny() {
    Preq preq =
        one(
            Preq.class,
            130,
            "00 02 1e 04030201 020000000000 05000000 0a0b0c0d0e0f 12130000 01200000 01" + TARGET1);
    assertThat(preq.defect()).isEqualTo(Defect.LENGTH_CONTRADICTS_FLAGS);
    assertThat(preq.fields()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"00, 1", "02, 1", "ff, 1"})
  void preqWithAnotherNumberOfTargetsThanItHasRoomFor(String count, int room) {
    Preq preq = one(Preq.class, 130, PREQ_HEAD + "12130000 01200000" + count + TARGET1);
    assertThat(preq.defect()).isEqualTo(Defect.TARGET_COUNT);
    assertThat(preq.targets()).hasSizeLessThanOrEqualTo(room);
    assertThat(preq.airtimeMetric()).isEqualTo(8193);
  }

  @Test
  void preqOfALengthThatIsNone() {
    Preq preq = one(Preq.class, 130, PREQ_HEAD + "12130000 01200000 01" + TARGET1 + "00");
    assertThat(preq.defect()).isEqualTo(Defect.ELEMENT_LENGTH);
    assertThat(preq.originator()).isEqualTo(Frames.STA0);
  }

  @Test
  void prep() {
    Prep prep =
        one(
            Prep.class,
            131,
            "00 01 1f 020000000200 09000000 12130000 a2010000 020000000000 05000000");
    assertThat(prep)
        .isEqualTo(
            new Prep(
                0, 1, 31, Frames.STA2, 9, MacAddress.NONE, 4882, 418, Frames.STA0, 5, 9, null));
  }

  @Test
  void prepWithAddressExtension() {
    Prep prep =
        one(
            Prep.class,
            131,
            "40 01 1f 020000000200 09000000 0a0b0c0d0e0f 12130000 a2010000 020000000000 05000000");
    assertThat(prep)
        .isEqualTo(
            new Prep(
                0x40, 1, 31, Frames.STA2, 9, Frames.HOST, 4882, 418, Frames.STA0, 5, 10, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "40 01 1f 020000000200 09000000 12130000 a2010000 020000000000 05000000",
        "00 01 1f 020000000200 09000000 0a0b0c0d0e0f 12130000 a2010000 020000000000 05000000"
      })
  void prepWhoseLengthIsThatOfTheOtherForm(String body) {
    Prep prep = one(Prep.class, 131, body);
    assertThat(prep.defect()).isEqualTo(Defect.LENGTH_CONTRADICTS_FLAGS);
    assertThat(prep.target()).isEqualTo(Frames.STA2);
    assertThat(prep.targetSn()).isEqualTo(9);
    assertThat(prep.originator()).isZero();
    assertThat(prep.fields()).isEqualTo(5);
  }

  @Test
  void perrWithSeveralDestinationsOfWhichOneIsExternal() {
    Perr perr =
        one(
            Perr.class,
            132,
            "1f 03  00 020000000200 09000000 3f00"
                + "40 020000000100 00000000 0a0b0c0d0e0f 3d00"
                + "00 020000000000 04000000 3e00");
    assertThat(perr)
        .isEqualTo(
            new Perr(
                31,
                3,
                List.of(
                    new Perr.Destination(0, Frames.STA2, 9, MacAddress.NONE, 63),
                    new Perr.Destination(0x40, Frames.STA1, 0, Frames.HOST, 61),
                    new Perr.Destination(0, Frames.STA0, 4, MacAddress.NONE, 62)),
                2,
                null));
  }

  @Test
  void perrWhoseFlagsClaimAnExtensionThatHasNoRoom() {
    Perr perr = one(Perr.class, 132, "1f 01  40 020000000200 09000000 3f00");
    assertThat(perr.defect()).isEqualTo(Defect.LENGTH_CONTRADICTS_FLAGS);
    assertThat(perr.destinations()).isEmpty();
    assertThat(perr.ttl()).isEqualTo(31);
  }

  @Test
  void perrWithAnExtensionThatItsFlagsDeny() {
    Perr perr =
        one(
            Perr.class,
            132,
            "1f 02  00 020000000200 09000000 3f00 00 020000000100 00000000 0a0b0c0d0e0f 3d00");
    assertThat(perr.defect()).isEqualTo(Defect.LENGTH_CONTRADICTS_FLAGS);
    assertThat(perr.destinations())
        .containsExactly(new Perr.Destination(0, Frames.STA2, 9, MacAddress.NONE, 63));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "02", "13"})
  void perrWithAnotherNumberOfDestinationsThanItHasRoomFor(String count) {
    Perr perr = one(Perr.class, 132, "1f" + count + "00 020000000200 09000000 3f00");
    assertThat(perr.defect()).isEqualTo(Defect.DESTINATION_COUNT);
    assertThat(perr.destinations()).isEmpty();
  }

  @Test
  void rann() {
    Rann rann = one(Rann.class, 126, "01 02 1d 020000000200 01000000 e8030000 02400000");
    assertThat(rann).isEqualTo(new Rann(1, 2, 29, Frames.STA2, 1, 1000, 16386, 7, null));
  }

  @Test
  void rannOfAnotherLength() {
    Rann rann = one(Rann.class, 126, "01 02 1d 020000000200 01000000 e8030000");
    assertThat(rann.defect()).isEqualTo(Defect.ELEMENT_LENGTH);
    assertThat(rann.intervalTu()).isEqualTo(1000);
    assertThat(rann.fields()).isEqualTo(6);
  }

  @Test
  void severalElementsBetweenOthers() {
    byte[] frame =
        Frames.hwmp()
            .element(221, new byte[] {1, 2, 3})
            .element(126, Bytes.of("01021d0200000002000100 0000e803000002400000").toArray())
            .element(132, Bytes.of("1f0100020000000200090000003f00").toArray())
            .toArray();
    Frame decoded = Frames.decode(frame);
    assertThat(decoded.defect()).isNull();
    assertThat(decoded.elements()).hasSize(2);
    assertThat(decoded.elements().get(0)).isInstanceOf(Rann.class);
    assertThat(decoded.elements().get(1)).isInstanceOf(Perr.class);
  }

  @Test
  void frameWithoutAnElement() {
    assertThat(Frames.decode(Frames.hwmp().toArray()).defect()).isEqualTo(Defect.ELEMENT_MISSING);
  }

  @Test
  void elementLongerThanItsFrame() {
    byte[] frame = Frames.hwmp().u8(131).u8(31).hex("0001 1f 020000000200 0900").toArray();
    Frame decoded = Frames.decode(frame);
    Prep prep = (Prep) decoded.elements().getFirst();
    assertThat(prep.defect()).isEqualTo(Defect.FRAME_LENGTH);
    assertThat(prep.target()).isEqualTo(Frames.STA2);
    assertThat(prep.fields()).isEqualTo(4);
  }

  /** Of 96 bytes, as a hook keeps them. */
  @Test
  void targetsBehindTheEndOfASnapshot() {
    String target = TARGET1;
    byte[] frame =
        Frames.hwmp()
            .element(130, Bytes.of(PREQ_HEAD + "12130000 01200000 05" + target.repeat(5)).toArray())
            .toArray();
    Frame decoded = FrameDecoder.hooked(frame, 0, 96, frame.length);
    Preq preq = (Preq) decoded.elements().getFirst();
    assertThat(preq.defect()).isEqualTo(Defect.TRUNCATED);
    assertThat(preq.targetCount()).isEqualTo(5);
    assertThat(preq.targets()).hasSize(3);
  }

  private static <T extends HwmpElement> T one(Class<T> type, int id, String body) {
    Frame frame = Frames.decode(Frames.hwmp().element(id, Bytes.of(body).toArray()).toArray());
    assertThat(frame.defect()).isNull();
    assertThat(frame.elements()).hasSize(1);
    return type.cast(frame.elements().getFirst());
  }
}
