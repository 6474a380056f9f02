package dev.meshpath.nl80211;

import dev.meshpath.nl80211.AttributeType.Rate;
import dev.meshpath.nl80211.AttributeType.Station;
import dev.meshpath.nl80211.AttributeType.Top;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what net/wireless/nl80211.c:nl80211_send_station writes. */
final class StationDecoder {
  private static final long BITS_PER_RATE_UNIT = 100_000;
  private static final long BITS_PER_KILOBIT = 1_000;

  private StationDecoder() {}

  /**
   * A station.
   *
   * @throws MalformedMessageException if an attribute has another width, or the nest lacks
   */
  static StationInfo decode(Attributes message) {
    Attributes info = message.nest(Top.STA_INFO);
    return new StationInfo(
        message.mac(Top.MAC),
        info.has(Station.PLINK_STATE)
            ? Optional.of(PeerLinkState.of(info.u8(Station.PLINK_STATE)))
            : Optional.empty(),
        info.ifPresentU16(Station.LLID),
        info.ifPresentU16(Station.PLID),
        info.ifPresentU32(Station.INACTIVE_TIME),
        info.ifPresentS64(Station.RX_BYTES64),
        info.ifPresentS64(Station.TX_BYTES64),
        info.ifPresentU32(Station.RX_PACKETS),
        info.ifPresentU32(Station.TX_PACKETS),
        info.ifPresentU32(Station.TX_RETRIES),
        info.ifPresentU32(Station.TX_FAILED),
        info.ifPresentS8(Station.SIGNAL),
        info.ifPresentS8(Station.SIGNAL_AVG),
        bitsPerSecond(info, Station.RX_BITRATE),
        bitsPerSecond(info, Station.TX_BITRATE),
        info.ifPresentU32(Station.AIRTIME_LINK_METRIC),
        info.ifPresentS64(Station.RX_DURATION),
        info.ifPresentS64(Station.TX_DURATION),
        info.ifPresentS64(Station.T_OFFSET),
        times(info.ifPresentU32(Station.EXPECTED_THROUGHPUT), BITS_PER_KILOBIT),
        message.u32(Top.GENERATION));
  }

  /** A rate that the kernel cannot calculate is absent (nl80211.c:nl80211_put_sta_rate). */
  private static OptionalLong bitsPerSecond(Attributes info, Station rate) {
    return info.has(rate)
        ? times(info.nest(rate).ifPresentU32(Rate.BITRATE32), BITS_PER_RATE_UNIT)
        : OptionalLong.empty();
  }

  private static OptionalLong times(OptionalLong number, long factor) {
    return number.isPresent() ? OptionalLong.of(number.getAsLong() * factor) : number;
  }
}
