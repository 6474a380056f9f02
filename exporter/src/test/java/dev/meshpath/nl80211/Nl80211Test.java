package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.failure.Failure;
import org.junit.jupiter.api.Test;

class Nl80211Test {
  private static final String GET_MPATH = "NL80211_CMD_GET_MPATH of interface 7";

  private final FakeKernel kernel = new FakeKernel();
  private final Nl80211 nl80211 = kernel.get();

  @Test
  void interfacesAreNetworkDevices() {
    kernel.devices();
    assertThat(nl80211.interfaces())
        .extracting(WirelessInterface::name)
        .containsExactly("mesh0", "mesh1", "wlan0");
  }

  @Test
  void dumpsMeshPaths() {
    kernel.dump(GET_MPATH, path(1), path(1));
    assertThat(nl80211.meshPaths(7))
        .hasSize(2)
        .allMatch(path -> path.destination() == KernelMessages.FAR);
    assertThat(kernel.asked()).isOne();
  }

  @Test
  void emptyTableIsEmptyList() {
    kernel.dump(GET_MPATH);
    assertThat(nl80211.meshPaths(7)).isEmpty();
  }

  @Test
  void dumpsProxyPaths() {
    kernel.dump(
        "NL80211_CMD_GET_MPP of interface 7",
        KernelMessages.sendMpp(KernelMessages.FAR, KernelMessages.PEER));
    assertThat(nl80211.proxyPaths(7))
        .containsExactly(new ProxyPathInfo(KernelMessages.FAR, KernelMessages.PEER, 2));
  }

  @Test
  void dumpsStations() {
    kernel.devices().peers();
    assertThat(nl80211.stations(7)).hasSize(3);
    assertThat(nl80211.stations(8)).isEmpty();
  }

  @Test
  void getsMeshConfig() {
    kernel.meshConfig(7);
    assertThat(nl80211.meshConfig(7).timeToLive()).isEqualTo(31);
  }

  @Test
  void meshConfigIsOneMessage() {
    kernel.answer(
        "NL80211_CMD_GET_MESH_CONFIG of interface 7",
        NetlinkBytes.message(NetlinkMessage.ERROR, 0, FakeKernel.SEQUENCE, NetlinkBytes.number(0)));
    assertThatThrownBy(() -> nl80211.meshConfig(7))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("0 messages where NL80211_CMD_GET_MESH_CONFIG has one");
  }

  @Test
  void refusalReachesTheCaller() {
    kernel.refuse(GET_MPATH, 95);
    assertThatThrownBy(() -> nl80211.meshPaths(7))
        .isInstanceOf(NetlinkException.class)
        .hasMessage("NL80211_CMD_GET_MPATH of interface 7 failed: Errno 95.");
  }

  @Test
  void dumpThatWasInterruptedIsRepeated() {
    kernel.answer(GET_MPATH, FakeKernel.dumped(NetlinkMessage.INTERRUPTED, path(1)));
    kernel.answer(GET_MPATH, FakeKernel.dumped(0, path(2)));
    assertThat(nl80211.meshPaths(7)).extracting(MeshPathInfo::generation).containsExactly(2L);
    assertThat(kernel.asked()).isEqualTo(2);
  }

  @Test
  void dumpOfTwoGenerationsIsRepeated() {
    kernel.answer(GET_MPATH, FakeKernel.dumped(0, path(1), path(2)));
    kernel.answer(GET_MPATH, FakeKernel.dumped(0, path(2), path(2)));
    assertThat(nl80211.meshPaths(7)).hasSize(2);
    assertThat(kernel.asked()).isEqualTo(2);
  }

  @Test
  void dumpIsNotRepeatedForEver() {
    kernel.dump(GET_MPATH, path(1), path(2));
    assertThatThrownBy(() -> nl80211.meshPaths(7))
        .isInstanceOf(Failure.class)
        .hasMessage(GET_MPATH + " gave no consistent list: it changed during 5 dumps.");
    assertThat(kernel.asked()).isEqualTo(5);
  }

  @Test
  void closes() {
    nl80211.close();
    assertThat(kernel.open()).isZero();
  }

  private static NetlinkBytes path(int generation) {
    return KernelMessages.sendMpath(KernelMessages.FAR, KernelMessages.PEER, generation);
  }
}
