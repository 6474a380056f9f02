package dev.meshpath.collector.meshpath.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.frame.Bytes;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.Reception;
import dev.meshpath.frame.file.PcapngWriter.LinkType;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapturedBytesTest {
  private static final String ADDRESSES = "020000000200 020000000100";
  private static final String SNAP = "aaaa03000000";
  private static final String TYPE_AND_REST = "0806 0001080006040001";

  @Test
  void decryptedFrameDoesNotSayThatItIsEncrypted() {
    byte[] bytes = Bytes.of("d0 48 0102").toArray();
    FrameSnapshot frame = new FrameSnapshot(FrameSnapshot.Form.IEEE80211, 60, bytes);
    CapturedBytes captured = CapturedBytes.of(frame);
    assertThat(captured.linkType()).isEqualTo(LinkType.IEEE80211);
    assertThat(captured.bytes()).isEqualTo(Bytes.of("d0 08 0102").toArray());
    assertThat(captured.length()).isEqualTo(60);
    assertThat(bytes[1]).isEqualTo((byte) 0x48);
  }

  @Test
  void radioThatHeardItStandsInFront() {
    byte[] radiotap = Bytes.of("0000 0900 20000000 d8").toArray();
    FrameSnapshot frame =
        new FrameSnapshot(FrameSnapshot.Form.IEEE80211, 60, Bytes.of("d0 48 0102").toArray())
            .received(
                new Reception(
                    OptionalInt.of(-40), OptionalInt.empty(), OptionalInt.empty(), radiotap));
    CapturedBytes captured = CapturedBytes.of(frame);
    assertThat(captured.linkType()).isEqualTo(LinkType.RADIOTAP);
    assertThat(captured.bytes()).isEqualTo(Bytes.of("0000 0900 20000000 d8 d0 08 0102").toArray());
    assertThat(captured.length()).isEqualTo(69);
  }

  @Test
  void ethernetFrameIsAsItWas() {
    byte[] bytes = Bytes.of(ADDRESSES + TYPE_AND_REST).toArray();
    CapturedBytes captured = ethernet(bytes);
    assertThat(captured.linkType()).isEqualTo(LinkType.ETHERNET);
    assertThat(captured.bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "00, '', 020000000200 020000000100",
    "01, 0200000000aa, 020000000200 0200000000aa",
    "02, 0200000000aa 0200000000bb, 0200000000aa 0200000000bb"
  })
  void meshControlOfReceivedOneIsLeftOut(String flags, String extension, String addresses) {
    byte[] bytes =
        Bytes.of(ADDRESSES + "0032" + flags + "1f 05000000" + extension + SNAP + TYPE_AND_REST)
            .toArray();
    byte[] bare = Bytes.of(addresses + TYPE_AND_REST).toArray();
    CapturedBytes captured = ethernet(bytes);
    assertThat(captured.bytes()).isEqualTo(bare);
    assertThat(captured.length()).isEqualTo(100 - (bytes.length - bare.length));
  }

  @Test
  void whatIsCutOrNoMeshControlStaysAsItIs() {
    byte[] whole =
        Bytes.of(ADDRESSES + "0032 02 1f 05000000" + "00".repeat(12) + SNAP + TYPE_AND_REST)
            .toArray();
    for (int length = 0; length < 14 + 6 + 12 + 8; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(ethernet(cut).bytes()).isEqualTo(cut);
    }
    byte[] reserved = Bytes.of(ADDRESSES + "0032 03 1f 05000000" + SNAP + TYPE_AND_REST).toArray();
    assertThat(ethernet(reserved).bytes()).isEqualTo(reserved);
    byte[] other = Bytes.of(ADDRESSES + "0032 00 1f 05000000 424203" + TYPE_AND_REST).toArray();
    assertThat(ethernet(other).bytes()).isEqualTo(other);
  }

  private static CapturedBytes ethernet(byte[] bytes) {
    return CapturedBytes.of(new FrameSnapshot(FrameSnapshot.Form.ETHERNET, 100, bytes));
  }
}
