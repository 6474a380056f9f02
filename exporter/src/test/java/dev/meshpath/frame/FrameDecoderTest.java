package dev.meshpath.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
  private static final String RANN = "7e15 01021d 020000000200 01000000 e8030000 02400000";
  private static final String ARP_REQUEST =
      "aaaa03000000 0806 0001 0800 06 04 0001 020000000000 0a0b0001 000000000000 0a0b0003";
  private static final String UDP =
      "aaaa03000000 0800"
          + "45 00 0020 0000 4000 40 11 0000 0a0b0001 0a0b0003 1234 0035 000c 0000 01020304";

  @Test
  void addressesOfAnActionFrame() {
    FrameHeader header = Frames.decode(Frames.hwmp().hex(RANN).toArray()).header();
    assertThat(header.receiver()).isEqualTo(Frames.BROADCAST);
    assertThat(header.transmitter()).isEqualTo(Frames.STA1);
    assertThat(header.destination()).isEqualTo(Frames.BROADCAST);
    assertThat(header.source()).isEqualTo(Frames.STA1);
    assertThat(header.sequenceNumber()).isEqualTo(7);
    assertThat(header.fragmentNumber()).isZero();
    assertThat(header.retry()).isFalse();
    assertThat(header.length()).isEqualTo(24);
  }

  @Test
  void htControlStandsBeforeTheBody() {
    Frame frame = Frames.decode(management(Frames.ACTION | Frames.ORDER));
    assertThat(frame.header().length()).isEqualTo(28);
    assertThat(frame.elements()).hasSize(1);
  }

  @Test
  void actionWithoutAcknowledgementIsAnAction() {
    assertThat(Frames.decode(management(0x00e0)).elements()).hasSize(1);
  }

  @Test
  void protectedBodyIsNotParsedOnTheAir() {
    Frame frame = Frames.decode(management(Frames.ACTION | Frames.PROTECTED));
    assertThat(frame.body()).isEqualTo(new Body.Protected());
    assertThat(frame.defect()).isNull();
  }

  @Test
  void atAHookTheBodyIsDecryptedThoughTheBitRemains() {
    byte[] frame = management(Frames.ACTION | Frames.PROTECTED);
    assertThat(FrameDecoder.hooked(frame, 0, frame.length, frame.length).elements()).hasSize(1);
  }

  @Test
  void laterFragmentIsNotParsed() {
    byte[] frame = Frames.hwmp().hex(RANN).toArray();
    frame[22] |= 1;
    assertThat(Frames.decode(frame).defect()).isEqualTo(Defect.FRAGMENT);
  }

  @Test
  void anotherProtocolVersionIsNotParsed() {
    byte[] frame = Frames.hwmp().hex(RANN).toArray();
    frame[0] |= 1;
    assertThat(Frames.decode(frame).defect()).isEqualTo(Defect.PROTOCOL_VERSION);
  }

  @Test
  void frameWithinABuffer() {
    byte[] frame = Frames.hwmp().hex(RANN).toArray();
    byte[] buffer = new byte[frame.length + 20];
    Arrays.fill(buffer, (byte) 0x7e);
    System.arraycopy(frame, 0, buffer, 10, frame.length);
    Frame decoded = FrameDecoder.captured(buffer, 10, frame.length, frame.length, false);
    assertThat(decoded).isEqualTo(Frames.decode(frame));
  }

  @Test
  void transmissionIsTheSameAtSenderAndReceivers() {
    byte[] sent =
        Frames.management(Frames.ACTION, Frames.BROADCAST, Frames.STA1, 0)
            .hex("0d01" + RANN)
            .toArray();
    byte[] heard =
        Frames.management(
                Frames.ACTION | Frames.ORDER | Frames.RETRY, Frames.BROADCAST, Frames.STA1, 900)
            .hex("0d01" + RANN)
            .toArray();
    byte[] expected =
        new Bytes().mac(Frames.BROADCAST).mac(Frames.STA1).hex("0d01" + RANN).toArray();
    assertThat(Frames.decode(sent).transmission(sent, 0)).isEqualTo(expected);
    assertThat(Frames.decode(heard).transmission(heard, 0)).isEqualTo(expected);
    byte[] beacon = management(0x0080);
    assertThat(Frames.decode(beacon).transmission(beacon, 0)).isEmpty();
  }

  @Test
  void dataOfTheMeshWithFourAddresses() throws UnknownHostException {
    byte[] bytes = data(0x0388, "0001", "00 1f 01000000" + ARP_REQUEST);
    Frame frame = Frames.decode(bytes);
    assertThat(frame.header().destination()).isEqualTo(Frames.STA2);
    assertThat(frame.header().source()).isEqualTo(Frames.STA0);
    Body.Data data = (Body.Data) frame.body();
    assertThat(data.meshControl()).isEqualTo(new MeshControl(0, 31, 1, 0, 0, 0));
    assertThat(PayloadDecoder.decode(bytes, 0, data))
        .isEqualTo(
            new Payload.Arp(
                1, InetAddress.getByName("10.11.0.1"), InetAddress.getByName("10.11.0.3")));
  }

  @Test
  void dataOfTheMeshForSomebodyBehindIt() throws UnknownHostException {
    byte[] bytes = data(0x8388, "0001 03000080", "02 1f 02000000 0a0b0c0d0e0f 0a0b0c0d0e10" + UDP);
    Frame frame = Frames.decode(bytes);
    assertThat(frame.header().length()).isEqualTo(36);
    Body.Data data = (Body.Data) frame.body();
    assertThat(data.meshControl())
        .isEqualTo(new MeshControl(2, 31, 2, 0, Frames.HOST, Frames.HOST + 1));
    assertThat(PayloadDecoder.decode(bytes, 0, data))
        .isEqualTo(
            new Payload.Ip(
                4,
                InetAddress.getByName("10.11.0.1"),
                InetAddress.getByName("10.11.0.3"),
                17,
                0x1234,
                53));
  }

  @Test
  void groupAddressedDataOfTheMesh() {
    byte[] bytes =
        new Bytes()
            .hex("88020000")
            .mac(Frames.BROADCAST)
            .mac(Frames.STA1)
            .mac(Frames.STA0)
            .hex("1000 0001 01 1f 02000000 0a0b0c0d0e0f" + ARP_REQUEST)
            .toArray();
    Frame frame = Frames.decode(bytes);
    assertThat(frame.header().source()).isEqualTo(Frames.STA0);
    assertThat(((Body.Data) frame.body()).meshControl())
        .isEqualTo(new MeshControl(1, 31, 2, Frames.HOST, 0, 0));
  }

  /** Captured in the lab: Linux 6.1 forwards a broadcast without the bit. */
  @Test
  void meshControlWithoutItsBit() {
    byte[] bytes =
        Bytes.of(
                "88020000 ffffffffffff 020000000100 020000000000 4000 0000 00 1e 00000000"
                    + ARP_REQUEST)
            .toArray();
    Body.Data data = (Body.Data) Frames.decode(bytes).body();
    assertThat(data.meshControl()).isEqualTo(new MeshControl(0, 30, 0, 0, 0, 0));
    assertThat(PayloadDecoder.decode(bytes, 0, data)).isInstanceOf(Payload.Arp.class);
  }

  @Test
  void reservedAddressExtensionIsNotGuessed() {
    assertThat(Frames.decode(data(0x0388, "0001", "03 1f 02000000" + ARP_REQUEST)).defect())
        .isEqualTo(Defect.ADDRESS_EXTENSION);
  }

  @Test
  void dataOfAnAccessPointHasNoMeshControl() {
    byte[] bytes = data(0x0388, "0000", ARP_REQUEST);
    Body.Data data = (Body.Data) Frames.decode(bytes).body();
    assertThat(data.meshControl()).isNull();
    assertThat(PayloadDecoder.decode(bytes, 0, data)).isInstanceOf(Payload.Arp.class);
  }

  @Test
  void ethernetFrame() {
    byte[] bytes =
        new Bytes()
            .mac(Frames.STA2)
            .mac(Frames.STA0)
            .hex(ARP_REQUEST.substring("aaaa03000000 ".length()))
            .toArray();
    Frame frame = FrameDecoder.ethernet(bytes, 0, bytes.length, bytes.length);
    assertThat(frame.header().destination()).isEqualTo(Frames.STA2);
    assertThat(frame.header().source()).isEqualTo(Frames.STA0);
    Body.Data data = (Body.Data) frame.body();
    assertThat(data.etherType()).isEqualTo(0x0806);
    assertThat(PayloadDecoder.decode(bytes, 0, data)).isInstanceOf(Payload.Arp.class);
    assertThat(FrameDecoder.ethernet(bytes, 0, 13, bytes.length).defect())
        .isEqualTo(Defect.TRUNCATED);
  }

  @Test
  void snapshotOfAnIpPacketStillTellsItsAddresses() {
    byte[] bytes = data(0x0388, "0001", "00 1f 01000000" + UDP);
    Frame frame = FrameDecoder.hooked(bytes, 0, bytes.length - 10, bytes.length);
    assertThat(frame.defect()).isEqualTo(Defect.TRUNCATED);
    assertThat(PayloadDecoder.decode(bytes, 0, (Body.Data) frame.body()))
        .isInstanceOf(Payload.Ip.class);
  }

  private static byte[] management(int frameControl) {
    return Frames.management(frameControl, Frames.BROADCAST, Frames.STA1, 7)
        .hex("0d01" + RANN)
        .toArray();
  }

  /** From STA0 by STA1 to STA2. */
  private static byte[] data(int frameControl, String qos, String body) {
    return new Bytes()
        .u16(frameControl)
        .u16(0)
        .mac(Frames.STA2)
        .mac(Frames.STA1)
        .mac(Frames.STA2)
        .u16(0x10)
        .mac(Frames.STA0)
        .hex(qos)
        .hex(body)
        .toArray();
  }
}
