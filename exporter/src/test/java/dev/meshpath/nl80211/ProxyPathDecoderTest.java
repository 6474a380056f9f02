package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProxyPathDecoderTest {
  @Test
  void proxyIsWhatTheKernelCallsNextHop() {
    assertThat(
            ProxyPathDecoder.decode(
                KernelMessages.sendMpp(KernelMessages.FAR, KernelMessages.PEER).attributes()))
        .isEqualTo(new ProxyPathInfo(KernelMessages.FAR, KernelMessages.PEER, 2));
  }
}
