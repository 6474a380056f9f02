package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.Events.MESH0;
import static dev.meshpath.collector.meshpath.Events.add;
import static dev.meshpath.collector.meshpath.Events.delete;
import static dev.meshpath.collector.meshpath.Events.station;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DevicePathsTest {
  private final DevicePaths paths = new DevicePaths(MESH0, 256, Long.MAX_VALUE);

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
    assertThat(paths.snapshot().paths()).hasSize(256);
    assertThat(paths.snapshot().unlisted()).isEqualTo(768);
  }
}
