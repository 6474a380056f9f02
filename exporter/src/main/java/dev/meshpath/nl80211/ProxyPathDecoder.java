package dev.meshpath.nl80211;

import dev.meshpath.nl80211.AttributeType.Top;

/** Reads what net/wireless/nl80211.c:nl80211_send_mpath writes for an entry of the proxy table. */
final class ProxyPathDecoder {
  private ProxyPathDecoder() {}

  /**
   * A proxy path.
   *
   * @throws MalformedMessageException if an attribute lacks or has another width
   */
  static ProxyPathInfo decode(Attributes message) {
    // the proxy comes as the next hop (net/mac80211/cfg.c:mpp_set_pinfo)
    return new ProxyPathInfo(
        message.mac(Top.MAC), message.mac(Top.MPATH_NEXT_HOP), message.u32(Top.GENERATION));
  }
}
