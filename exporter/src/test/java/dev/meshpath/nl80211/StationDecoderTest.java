package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.nl80211.AttributeType.Station;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StationDecoderTest {
  @Test
  void readsAllOfIt() {
    assertThat(decode(KernelMessages.sendStation(KernelMessages.PEER, PeerLinkState.ESTAB)))
        .isEqualTo(
            new StationInfo(
                KernelMessages.PEER,
                Optional.of(PeerLinkState.ESTAB),
                OptionalInt.of(65535),
                OptionalInt.of(40000),
                OptionalLong.of(1500),
                OptionalLong.of(0x1_0000_0001L),
                OptionalLong.of(0x1_0000_0002L),
                OptionalLong.of(10),
                OptionalLong.of(0xffffffffL),
                OptionalLong.of(12),
                OptionalLong.of(13),
                OptionalInt.of(-30),
                OptionalInt.of(-31),
                OptionalLong.of(10_000_000_000L),
                OptionalLong.of(54_000_000),
                OptionalLong.of(152),
                OptionalLong.of(77),
                OptionalLong.of(88),
                OptionalLong.of(-2_500_000),
                OptionalLong.of(32_000_000),
                11));
  }

  @Test
  void whatTheDriverDoesNotTellIsEmpty() {
    StationInfo station = decode(KernelMessages.station(KernelMessages.PEER, new NetlinkBytes()));
    assertThat(station.peerLink()).isEmpty();
    assertThat(station.signalDbm()).isEmpty();
    assertThat(station.transmitBitsPerSecond()).isEmpty();
    assertThat(station.expectedBitsPerSecond()).isEmpty();
    assertThat(station.timeOffsetUs()).isEmpty();
  }

  @Test
  void rateThatTheKernelCannotCalculateIsEmpty() {
    assertThat(
            decode(KernelMessages.sendBareStation(KernelMessages.PEER, PeerLinkState.ESTAB))
                .transmitBitsPerSecond())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void readsEachState(PeerLinkState state) {
    assertThat(decode(KernelMessages.sendBareStation(KernelMessages.PEER, state)).peerLink())
        .contains(state);
  }

  @Test
  void rejectsStateThatThereIsNot() {
    NetlinkBytes message =
        KernelMessages.station(KernelMessages.PEER, new NetlinkBytes().u8(Station.PLINK_STATE, 7));
    assertThatThrownBy(() -> decode(message))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("peer link state 7");
  }

  private static StationInfo decode(NetlinkBytes message) {
    return StationDecoder.decode(message.attributes());
  }
}
