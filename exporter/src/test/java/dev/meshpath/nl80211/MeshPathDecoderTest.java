package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.nl80211.AttributeType.Top;
import org.junit.jupiter.api.Test;

class MeshPathDecoderTest {
  private static final MeshPathInfo PATH =
      new MeshPathInfo(
          KernelMessages.FAR,
          KernelMessages.PEER,
          0xfffffffeL,
          0xffffffffL,
          4321,
          0x15,
          1600,
          4,
          2,
          255,
          9,
          6);

  @Test
  void readsAllOfIt() {
    assertThat(
            MeshPathDecoder.decode(
                KernelMessages.sendMpath(KernelMessages.FAR, KernelMessages.PEER, 6).attributes()))
        .isEqualTo(PATH);
  }

  @Test
  void flagsHaveNames() {
    assertThat(PATH.isActive()).isTrue();
    assertThat(PATH.isResolving()).isFalse();
    assertThat(PATH.isSequenceNumberValid()).isTrue();
    assertThat(PATH.isFixed()).isFalse();
    assertThat(PATH.isResolved()).isTrue();
  }

  @Test
  void rejectsPathWithoutNumbers() {
    NetlinkBytes message =
        new NetlinkBytes()
            .mac(Top.MAC, KernelMessages.FAR)
            .mac(Top.MPATH_NEXT_HOP, KernelMessages.PEER)
            .u32(Top.GENERATION, 6)
            .nest(Top.MPATH_INFO, new NetlinkBytes());
    assertThatThrownBy(() -> MeshPathDecoder.decode(message.attributes()))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("NL80211_MPATH_INFO_SN is missing");
  }
}
