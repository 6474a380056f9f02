package dev.meshpath.nl80211;

import dev.meshpath.nl80211.AttributeType.Top;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what net/wireless/nl80211.c:nl80211_send_iface writes. */
final class InterfaceDecoder {
  private InterfaceDecoder() {}

  /**
   * An interface; empty for one that is no network device, as of Wi-Fi Direct.
   *
   * @throws MalformedMessageException if an attribute lacks or has another width
   */
  static Optional<WirelessInterface> decode(Attributes message) {
    if (!message.has(Top.IFINDEX)) {
      return Optional.empty();
    }
    return Optional.of(
        new WirelessInterface(
            message.s32(Top.IFINDEX),
            message.name(Top.IFNAME),
            message.s32(Top.IFTYPE),
            message.mac(Top.MAC),
            message.s32(Top.WIPHY),
            message.has(Top.WIPHY_FREQ)
                ? OptionalInt.of(message.s32(Top.WIPHY_FREQ))
                : OptionalInt.empty(),
            message.u32(Top.GENERATION)));
  }
}
