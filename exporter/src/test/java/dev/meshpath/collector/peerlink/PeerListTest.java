package dev.meshpath.collector.peerlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.nl80211.FakeKernel;
import dev.meshpath.nl80211.Nl80211;
import dev.meshpath.nl80211.PeerLinkState;
import dev.meshpath.nl80211.StationInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerListTest {
  private final List<StationInfo> stations = stations();

  @Test
  void countsAllByState() {
    PeerList list = PeerList.of(stations, 1);
    assertThat(list.count(PeerLinkState.ESTAB)).isEqualTo(2);
    assertThat(list.count(PeerLinkState.LISTEN)).isOne();
    assertThat(list.count(PeerLinkState.HOLDING)).isZero();
  }

  @Test
  void listsEstablishedOnesFirstThenByAddress() {
    assertThat(PeerList.of(stations, 64).listed())
        .extracting(StationInfo::address)
        .containsExactly(0x020000000100L, 0x020000000201L, 0x020000000200L);
  }

  @Test
  void countsWhatIsNotListed() {
    assertThat(PeerList.of(stations, 64).unlisted()).isZero();
    assertThat(PeerList.of(stations, 1).unlisted()).isEqualTo(2);
    assertThat(PeerList.of(stations, 0).listed()).isEmpty();
  }

  private static List<StationInfo> stations() {
    try (Nl80211 nl80211 = new FakeKernel().devices().peers().get()) {
      return nl80211.stations(7);
    }
  }
}
