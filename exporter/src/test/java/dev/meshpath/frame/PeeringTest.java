package dev.meshpath.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each byte as IEEE 802.11-2020 has it in 9.4.2.100 and 9.6.15. */
class PeeringTest {
  private static final MeshId MESHPATH = new MeshId("meshpath".getBytes(StandardCharsets.UTF_8));
  private static final MeshConfiguration CONFIGURATION = new MeshConfiguration(1, 1, 0, 1, 0, 2, 9);

  /** Rates, mesh id and mesh configuration. */
  private static final String AROUND =
      "0108 82848b960c121824 7208 6d65736870617468 7107 01010001000209";

  private static final String PMK = "000102030405060708090a0b0c0d0e0f";

  @Test
  void open() {
    assertThat(one(1, "0000" + AROUND + "7504 0000 0ab3"))
        .isEqualTo(
            new Peering(
                Peering.Action.OPEN,
                0,
                -1,
                MESHPATH,
                CONFIGURATION,
                0,
                0xb30a,
                -1,
                -1,
                0,
                2,
                null));
  }

  @Test
  void confirm() {
    assertThat(one(2, "0100 0200" + AROUND + "7506 0000 0ab3 b373"))
        .isEqualTo(
            new Peering(
                Peering.Action.CONFIRM,
                1,
                2,
                MESHPATH,
                CONFIGURATION,
                0,
                0xb30a,
                0x73b3,
                -1,
                0,
                3,
                null));
  }

  @Test
  void close() {
    assertThat(one(3, "7208 6d65736870617468 7508 0000 0ab3 b373 3700"))
        .isEqualTo(
            new Peering(
                Peering.Action.CLOSE, -1, -1, MESHPATH, null, 0, 0xb30a, 0x73b3, 55, 0, 4, null));
  }

  @Test
  void closeBeforeThePeerHasALink() {
    Peering close = one(3, "7208 6d65736870617468 7506 0000 0ab3 3400");
    assertThat(close.peerLinkId()).isEqualTo(FrameHeader.ABSENT);
    assertThat(close.reasonCode()).isEqualTo(52);
    assertThat(close.defect()).isNull();
  }

  /** Behind the MIC stands what looks like another management element, and is not one. */
  @Test
  void authenticatedExchangeIsNotParsedBehindTheMic() {
    Peering open =
        one(
            1,
            "0000" + AROUND + "7514 0100 0ab3" + PMK + "8c10" + PMK + "7504 0000 ffff 0102030405");
    assertThat(open.protocol()).isEqualTo(1);
    assertThat(open.localLinkId()).isEqualTo(0xb30a);
    assertThat(open.protectedBytes()).isEqualTo(11);
    assertThat(open.defect()).isNull();
  }

  /** By the protocol's number the last 16 bytes are a key's name, which leaves no link id. */
  @ParameterizedTest
  @CsvSource({
    "1, 7506 0000 0ab3 b373",
    "1, 7504 0100 0ab3",
    "2, 7504 0000 0ab3",
    "2, 7505 0000 0ab3 b3",
    "3, 7504 0000 0ab3",
    "3, 750a 0000 0ab3 b373 3700 0000"
  })
  void managementOfALengthThatIsNone(int action, String element) {
    String fixed = action == 1 ? "0000" : action == 2 ? "00000100" : "";
    Peering peering = one(action, fixed + AROUND + element);
    assertThat(peering.defect()).isEqualTo(Defect.ELEMENT_LENGTH);
    assertThat(peering.localLinkId()).isEqualTo(0xb30a);
    assertThat(peering.peerLinkId()).isEqualTo(FrameHeader.ABSENT);
    assertThat(peering.reasonCode()).isEqualTo(FrameHeader.ABSENT);
  }

  @Test
  void frameWithoutManagement() {
    Peering open = one(1, "0000" + AROUND);
    assertThat(open.defect()).isEqualTo(Defect.ELEMENT_MISSING);
    assertThat(open.meshId()).isEqualTo(MESHPATH);
    assertThat(open.fields()).isZero();
  }

  @Test
  void meshIdThatIsTooLong() {
    Peering open = one(1, "0000 7221" + "41".repeat(33) + "7504 0000 0ab3");
    assertThat(open.meshId()).isNull();
    assertThat(open.defect()).isEqualTo(Defect.ELEMENT_LENGTH);
    assertThat(open.localLinkId()).isEqualTo(0xb30a);
  }

  @Test
  void otherSelfProtectedFramesAreNone() {
    assertThat(Frames.decode(Frames.peering(4).hex("7504 0000 0ab3").toArray()).body())
        .isEqualTo(new Body.Other());
  }

  private static Peering one(int action, String body) {
    Frame frame = Frames.decode(Frames.peering(action).hex(body).toArray());
    assertThat(frame.defect()).isNull();
    assertThat(frame.elements()).hasSize(1);
    return (Peering) frame.elements().getFirst();
  }
}
