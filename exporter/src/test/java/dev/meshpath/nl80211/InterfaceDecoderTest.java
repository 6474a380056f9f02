package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class InterfaceDecoderTest {
  @Test
  void readsMeshPointThatJoined() {
    assertThat(InterfaceDecoder.decode(KernelMessages.sendJoinedIface(7, "mesh0").attributes()))
        .contains(
            new WirelessInterface(7, "mesh0", 7, KernelMessages.OWN, 3, OptionalInt.of(2412), 5));
  }

  @Test
  void meshPointThatDidNotJoinHasNoChannel() {
    assertThat(
            InterfaceDecoder.decode(
                KernelMessages.sendIface(7, "mesh0", KernelMessages.MESH_POINT).attributes()))
        .contains(
            new WirelessInterface(7, "mesh0", 7, KernelMessages.OWN, 3, OptionalInt.empty(), 5));
  }

  @Test
  void knowsMeshPoints() {
    assertThat(InterfaceDecoder.decode(KernelMessages.sendIface(7, "a", 7).attributes()))
        .get()
        .matches(WirelessInterface::isMeshPoint);
    assertThat(InterfaceDecoder.decode(KernelMessages.sendIface(7, "a", 2).attributes()))
        .get()
        .matches(device -> !device.isMeshPoint());
  }

  @Test
  void passesOverWhatIsNoNetworkDevice() {
    assertThat(InterfaceDecoder.decode(KernelMessages.sendIfaceWithoutNetdev().attributes()))
        .isEmpty();
  }
}
