package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.Events.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.PeerLinks.Count;
import dev.meshpath.nl80211.PeerLinkState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerLinksTest {
  private final PeerLinks links = new PeerLinks();

  @Test
  void statesAreThoseOfNl80211AndRemoved() {
    List<String> words = new ArrayList<>();
    for (int to = 0; to <= 7; to++) {
      PeerLinks one = new PeerLinks();
      one.count(station(1), to << 8);
      words.add(one.snapshot().getFirst().to());
    }
    List<String> expected =
        new ArrayList<>(Arrays.stream(PeerLinkState.values()).map(PeerLinkState::word).toList());
    expected.add("removed");
    assertThat(words).isEqualTo(expected);
  }

  @Test
  void formerStateAndReasonCodeDoNotMatter() {
    links.count(station(1), 3 | 4 << 8 | 0xffff << 16);
    assertThat(links.snapshot()).containsExactly(new Count(station(1), false, "estab", 1));
  }

  @Test
  void stateThatWeDoNotKnowIsNotCounted() {
    links.count(station(1), 8 << 8);
    assertThat(links.snapshot()).isEmpty();
  }

  @Test
  void countsByPeerAndState() {
    links.count(station(2), 4 << 8);
    links.count(station(1), 5 << 8);
    links.count(station(1), 4 << 8);
    links.count(station(1), 4 << 8);
    assertThat(links.snapshot())
        .containsExactly(
            new Count(station(1), false, "estab", 2),
            new Count(station(1), false, "holding", 1),
            new Count(station(2), false, "estab", 1));
  }

  @Test
  void peersBeyondSixtyFourAreOther() {
    for (int n = 1; n <= 66; n++) {
      links.count(station(n), 4 << 8);
    }
    links.count(station(64), 4 << 8);
    assertThat(links.snapshot())
        .hasSize(65)
        .startsWith(new Count(-1, true, "estab", 2), new Count(station(1), false, "estab", 1))
        .endsWith(
            new Count(station(63), false, "estab", 1), new Count(station(64), false, "estab", 2));
  }

  @Test
  void peerBeyondTheLimitStaysOther() {
    for (int n = 1; n <= 65; n++) {
      links.count(station(n), 4 << 8);
    }
    links.count(station(65), 5 << 8);
    assertThat(links.snapshot())
        .filteredOn(Count::other)
        .containsExactly(new Count(-1, true, "estab", 1), new Count(-1, true, "holding", 1));
  }
}
