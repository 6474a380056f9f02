package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.Events.MESH0;
import static dev.meshpath.collector.meshpath.Events.REFRESHING;
import static dev.meshpath.collector.meshpath.Events.UNUSABLE;
import static dev.meshpath.collector.meshpath.Events.USABLE;
import static dev.meshpath.collector.meshpath.Events.add;
import static dev.meshpath.collector.meshpath.Events.delete;
import static dev.meshpath.collector.meshpath.Events.state;
import static dev.meshpath.collector.meshpath.Events.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.churn.ChurnMeasures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DevicePathsTest {
  private final DevicePaths paths = paths(256);

  private static DevicePaths paths(int destinationLimit) {
    return new DevicePaths(
        MESH0,
        TableSettings.of(destinationLimit, Long.MAX_VALUE),
        event -> {},
        device -> ChurnMeasures.NONE);
  }

  @Test
  void deviceIsKnownByItsNumberWithinItsNamespace() {
    assertThat(paths.is(Events.device(1, 7, "other"))).isTrue();
    assertThat(paths.is(Events.device(1, 8, "mesh0"))).isFalse();
    assertThat(paths.is(Events.device(2, 7, "mesh0"))).isFalse();
  }

  @Test
  void deviceIsNamedWithinItsNamespace() {
    assertThat(paths.isNamed(Events.device(1, 8, "mesh0"))).isTrue();
    assertThat(paths.isNamed(Events.device(1, 7, "mesh1"))).isFalse();
    assertThat(paths.isNamed(Events.device(2, 7, "mesh0"))).isFalse();
  }

  @Test
  void hasLivePathsBetweenAddAndDelete() {
    assertThat(paths.hasLivePaths()).isFalse();
    paths.apply(add(MESH0, station(1), 1));
    assertThat(paths.hasLivePaths()).isTrue();
    paths.apply(delete(MESH0, station(1), 2));
    assertThat(paths.hasLivePaths()).isFalse();
  }

  @Test
  void knowsTheTimeOfTheLastEvent() {
    paths.apply(add(MESH0, station(1), 1));
    paths.apply(delete(MESH0, station(1), 2));
    assertThat(paths.lastEventNs()).isEqualTo(2);
  }

  /** No live paths and 256 listed: the map holds these 256 and nothing else. */
  @Test
  void keepsNoUnlistedPathThatIsGone() {
    for (int n = 0; n < 1024; n++) {
      paths.apply(add(MESH0, station(n), n));
    }
    for (int n = 0; n < 1024; n++) {
      paths.apply(delete(MESH0, station(n), n));
    }
    assertThat(paths.hasLivePaths()).isFalse();
    assertThat(paths.snapshot(0).paths()).hasSize(256);
    assertThat(paths.snapshot(0).unlisted()).isEqualTo(768);
  }

  @Test
  void everyEntryIsInOneState() {
    long b = station(2);
    assign(station(1), state(b, 0, USABLE));
    assign(station(2), state(b, 0, USABLE | MeshPathState.FIXED));
    assign(station(3), state(b, 0, UNUSABLE | MeshPathState.RESOLVING));
    assign(station(4), state(b, 0, UNUSABLE));
    assign(station(5), state(b, 0, REFRESHING)); // usable while it is refreshed
    assign(station(6), state(b, 0, MeshPathState.FIXED)); // fixed, though unusable
    assign(station(7), state(b, 0, USABLE));
    paths.apply(delete(MESH0, station(7), 2));
    PathStates states = paths.snapshot(0).states();
    assertThat(states.active()).isEqualTo(2);
    assertThat(states.fixed()).isEqualTo(2);
    assertThat(states.resolving()).isEqualTo(1);
    assertThat(states.inactive()).isEqualTo(1);
  }

  @Test
  void statesAreThoseOfUnlistedEntriesToo() {
    DevicePaths none = paths(0);
    none.apply(add(MESH0, station(1), 1));
    assertThat(none.snapshot(0).states().inactive()).isOne();
  }

  @Test
  void countsProxiesThatExist() {
    MeshPathState owner = state(station(2), 0, 0);
    apply(station(0x10), 1, MeshPathChange.PROXY_ADD, owner);
    apply(station(0x11), 2, MeshPathChange.PROXY_ADD, owner);
    apply(station(0x11), 3, MeshPathChange.PROXY_CHANGE, owner);
    assertThat(paths.snapshot(0).proxies()).isEqualTo(2);
    apply(station(0x10), 4, MeshPathChange.PROXY_DELETE, null);
    assertThat(paths.snapshot(0).proxies()).isEqualTo(1);
    assertThat(paths.snapshot(0).paths()).isEmpty();
  }

  @Test
  void gateIsGateUntilItsEntryIsGone() {
    paths.apply(add(MESH0, station(1), 1));
    apply(station(1), 2, MeshPathChange.GATE_ADD, null);
    assertThat(paths.snapshot(0).paths().getFirst().gate()).isTrue();
    paths.apply(delete(MESH0, station(1), 3));
    paths.apply(add(MESH0, station(1), 4));
    assertThat(paths.snapshot(0).paths().getFirst().gate()).isFalse();
  }

  @Test
  void rootIsRootUntilItsEntryIsGone() {
    paths.apply(add(MESH0, station(1), 1));
    apply(station(1), 2, MeshPathChange.ROOT_ADD, null);
    assertThat(paths.snapshot(0).paths().getFirst().root()).isTrue();
    paths.apply(delete(MESH0, station(1), 3));
    paths.apply(add(MESH0, station(1), 4));
    assertThat(paths.snapshot(0).paths().getFirst().root()).isFalse();
  }

  @Test
  void stateSaysWhetherItIsRootOrGate() {
    assign(station(1), new MeshPathState(station(1), 0, 1, 1, USABLE, 1, true, true));
    assertThat(paths.snapshot(0).paths().getFirst().root()).isTrue();
    assertThat(paths.snapshot(0).paths().getFirst().gate()).isTrue();
    assign(station(1), new MeshPathState(station(1), 0, 1, 1, USABLE, 1, false, false));
    assertThat(paths.snapshot(0).paths().getFirst().root()).isFalse();
    assertThat(paths.snapshot(0).paths().getFirst().gate()).isFalse();
  }

  @Test
  void gateDeleteIsCountedAndMakesNoPath() {
    apply(station(1), 1, MeshPathChange.GATE_DELETE, null);
    apply(station(1), 1, MeshPathChange.ROOT_DELETE, null);
    assertThat(paths.snapshot(0).events(MeshPathChange.GATE_DELETE)).isOne();
    assertThat(paths.snapshot(0).events(MeshPathChange.ROOT_DELETE)).isOne();
    assertThat(paths.snapshot(0).paths()).isEmpty();
  }

  @Test
  void ignoredElementsAreCounted() {
    paths.apply(Events.ignored(station(1), 130, 2));
    assertThat(paths.snapshot(0).ignored())
        .contains(new IgnoredElements.Count("preq", "stale_sn", 1));
    assertThat(paths.snapshot(0).paths()).isEmpty();
  }

  @Test
  void peerStatesAreCounted() {
    paths.apply(Events.peerState(station(1), 3, 4));
    assertThat(paths.snapshot(0).peerLinks())
        .containsExactly(new PeerLinks.Count(station(1), false, "estab", 1));
    assertThat(paths.snapshot(0).paths()).isEmpty();
  }

  @Test
  void deletionDuringDiscoverySupersedesIt() {
    MeshPathState resolving = state(0, 0, MeshPathState.RESOLVING);
    apply(station(1), 1, MeshPathChange.DISCOVERY_STARTED, resolving);
    paths.apply(delete(MESH0, station(1), 2));
    assertThat(paths.snapshot(0).supersededDiscoveries()).isOne();
  }

  @Test
  void deletionAfterDiscoverySupersedesNothing() {
    apply(station(1), 1, MeshPathChange.DISCOVERY_STARTED, state(0, 0, MeshPathState.RESOLVING));
    apply(station(1), 2, MeshPathChange.DISCOVERY_FAILED, state(0, 2, 0));
    paths.apply(delete(MESH0, station(1), 3));
    assertThat(paths.snapshot(0).supersededDiscoveries()).isZero();
  }

  @Test
  void discoveryChangesNoNextHop() {
    assign(station(1), new MeshPathState(station(2), 0, 1, 8193, USABLE, 1, false, false));
    apply(station(1), 2, MeshPathChange.DISCOVERY_STARTED, state(station(3), 0, REFRESHING));
    assertThat(Events.withoutLife(paths.snapshot(0).paths()))
        .containsExactly(
            new PathSnapshot(station(1), true, true, station(2), 8193, 1, false, false, 0));
  }

  @Test
  void sequenceNumberAloneChangesNothingElse() {
    assign(station(1), new MeshPathState(station(2), 0, 1, 8193, USABLE, 1, false, false));
    apply(
        station(1), 2, MeshPathChange.SN, new MeshPathState(station(3), 0, 9, 1, 0, 9, true, true));
    assertThat(Events.withoutLife(paths.snapshot(0).paths()))
        .containsExactly(
            new PathSnapshot(station(1), true, true, station(2), 8193, 1, false, false, 0));
    assertThat(paths.snapshot(0).events(MeshPathChange.SN)).isOne();
  }

  @Test
  void lifeIsTheLastChangeAndNoRefresh() {
    paths.apply(Events.add(MESH0, station(1), 5));
    assertThat(life()).isEqualTo(life(5, 5, MeshPathChange.ADD, PathCause.PREQ));
    paths.apply(Events.nextHop(MESH0, station(1), 7, MeshPathChange.ASSIGN, station(2), 8193, 1));
    paths.apply(Events.nextHop(MESH0, station(1), 8, MeshPathChange.REASSIGN, station(2), 8193, 1));
    assertThat(life()).isEqualTo(life(5, 7, MeshPathChange.ASSIGN, PathCause.PREP));
    paths.apply(delete(MESH0, station(1), 9));
    assertThat(life()).isEqualTo(life(5, 9, MeshPathChange.DELETE, PathCause.TIMER));
    paths.apply(Events.add(MESH0, station(1), 11));
    assertThat(life()).isEqualTo(life(11, 11, MeshPathChange.ADD, PathCause.PREQ));
  }

  @Test
  void expiryIsAChangeOfItsTime() {
    assign(station(1), new MeshPathState(station(2), 50, 1, 8193, USABLE, 1, false, false));
    paths.expire(60);
    assertThat(life()).isEqualTo(life(1, 50, MeshPathChange.EXPIRE, PathCause.TIMER));
  }

  private PathLife life() {
    return paths.snapshot(0).paths().getFirst().life();
  }

  private static PathLife life(
      long sinceNs, long changedNs, MeshPathChange change, PathCause cause) {
    return new PathLife(false, false, sinceNs, changedNs, change, cause);
  }

  @Test
  void deviceThatCameInPlaceOfAnotherHasNoProxies() {
    apply(station(0x10), 1, MeshPathChange.PROXY_ADD, state(station(2), 0, 0));
    paths.replaceDevice(Events.device(1, 9, "mesh0"), 2);
    assertThat(paths.snapshot(0).proxies()).isZero();
  }

  private void assign(long destination, MeshPathState after) {
    paths.apply(
        Events.event(
            MESH0, destination, 1, MeshPathChange.ASSIGN, PathCause.PREP, state(0, 0, 0), after));
  }

  private void apply(
      long destination, long ktimeNs, MeshPathChange change, @Nullable MeshPathState after) {
    paths.apply(Events.event(MESH0, destination, ktimeNs, change, PathCause.RANN, null, after));
  }
}
