package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import org.junit.jupiter.api.Test;

class Nl80211ConnectorTest {
  private final Nl80211Connector connector = new Nl80211Connector(new LibC());

  /** With and without the module cfg80211. */
  @Test
  void connectsOrSaysWhyNot() {
    for (int i = 0; i < 3; i++) {
      try (Nl80211 nl80211 = connector.get()) {
        assertThat(nl80211.interfaces()).allMatch(device -> device.ifindex() > 0);
      } catch (Failure e) {
        assertThat(e).hasMessageStartingWith("this kernel has no nl80211, ");
      }
    }
  }
}
