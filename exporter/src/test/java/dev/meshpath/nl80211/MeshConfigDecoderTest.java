package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeshConfigDecoderTest {
  @Test
  void readsAllOfIt() {
    assertThat(MeshConfigDecoder.decode(KernelMessages.getMeshConfig().attributes()))
        .isEqualTo(
            new MeshConfig(
                31,
                30,
                true,
                new MeshConfig.Peering(100, 101, 102, 99, 3, true, -80, 1800),
                new MeshConfig.Hwmp(4, 1000, 103, 5000, 10, 104, 50),
                new MeshConfig.Root(4, true, 5001, 5002, 2000, 6000)));
  }
}
