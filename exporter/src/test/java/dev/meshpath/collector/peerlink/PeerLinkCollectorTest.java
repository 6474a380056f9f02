package dev.meshpath.collector.peerlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.failure.Failure;
import dev.meshpath.nl80211.FakeKernel;
import dev.meshpath.nl80211.NetlinkException;
import org.junit.jupiter.api.Test;

class PeerLinkCollectorTest {
  private static final String GET_STATION = "NL80211_CMD_GET_STATION of interface 7";
  private static final int NO_DEVICE = 19;
  private static final int NOT_PERMITTED = 1;

  private final FakeKernel kernel = new FakeKernel().devices().peers();
  private final PeerLinkCollector collector = new PeerLinkCollector(kernel);

  @Test
  void isNamedAsItsFlag() {
    assertThat(collector.name()).isEqualTo("peer_link");
  }

  @Test
  void asksWhetherThereIsNl80211() {
    assertThat(collector.obstacle()).isEmpty();
    assertThat(kernel.open()).isZero();
  }

  @Test
  void saysWhatIsMissing() {
    PeerLinkCollector blind =
        new PeerLinkCollector(
            () -> {
              throw new Failure("there is no libnl: install it.");
            });
    assertThat(blind.obstacle()).contains("there is no libnl: install it.");
  }

  @Test
  void pollsOneInterface() {
    assertThat(collector.hooks()).containsExactly(new Hook("nl80211", "poll", false));
    collector.start();
    assertThat(collector.hooks()).containsExactly(new Hook("nl80211", "poll", true));
    collector.close();
    assertThat(collector.hooks()).containsExactly(new Hook("nl80211", "poll", false));
  }

  @Test
  void hasNoEvents() {
    collector.start();
    assertThat(collector.ledger()).isEqualTo(EventLedger.EMPTY);
  }

  @Test
  void showsMeshPointsAndTheirPeers() {
    assertThat(collector.devices().get())
        .extracting(mesh -> mesh.device().name() + " " + mesh.peers().size())
        .containsExactly("mesh0 3", "mesh1 0");
    assertThat(kernel.open()).isZero();
  }

  @Test
  void deviceThatVanishesMeanwhileIsLeftOut() {
    kernel.refuse(GET_STATION, NO_DEVICE);
    assertThat(collector.devices().get())
        .extracting(mesh -> mesh.device().name())
        .containsExactly("mesh1");
  }

  @Test
  void otherRefusalFailsTheScrape() {
    kernel.refuse(GET_STATION, NOT_PERMITTED);
    assertThatThrownBy(() -> collector.devices().get()).isInstanceOf(NetlinkException.class);
    assertThat(kernel.open()).isZero();
  }
}
