package dev.meshpath.nl80211;

import dev.meshpath.nl80211.AttributeType.MeshParameter;
import dev.meshpath.nl80211.AttributeType.Top;
import dev.meshpath.nl80211.MeshConfig.Hwmp;
import dev.meshpath.nl80211.MeshConfig.Peering;
import dev.meshpath.nl80211.MeshConfig.Root;

/**
 * Reads what net/wireless/nl80211.c:nl80211_get_mesh_config writes. It begins the nest with an
 * interface index that has the number of another parameter; the parameter comes later and counts.
 */
final class MeshConfigDecoder {
  private MeshConfigDecoder() {}

  /**
   * The mesh parameters.
   *
   * @throws MalformedMessageException if an attribute lacks or has another width
   */
  static MeshConfig decode(Attributes message) {
    Attributes config = message.nest(Top.MESH_CONFIG);
    return new MeshConfig(
        config.u8(MeshParameter.TTL),
        config.u8(MeshParameter.ELEMENT_TTL),
        config.u8(MeshParameter.FORWARDING) != 0,
        peering(config),
        hwmp(config),
        root(config));
  }

  private static Peering peering(Attributes config) {
    return new Peering(
        config.u16(MeshParameter.RETRY_TIMEOUT),
        config.u16(MeshParameter.CONFIRM_TIMEOUT),
        config.u16(MeshParameter.HOLDING_TIMEOUT),
        config.u16(MeshParameter.MAX_PEER_LINKS),
        config.u8(MeshParameter.MAX_RETRIES),
        config.u8(MeshParameter.AUTO_OPEN_PLINKS) != 0,
        config.s32(MeshParameter.RSSI_THRESHOLD),
        config.u32(MeshParameter.PLINK_TIMEOUT));
  }

  private static Hwmp hwmp(Attributes config) {
    return new Hwmp(
        config.u8(MeshParameter.HWMP_MAX_PREQ_RETRIES),
        config.u32(MeshParameter.PATH_REFRESH_TIME),
        config.u16(MeshParameter.MIN_DISCOVERY_TIMEOUT),
        config.u32(MeshParameter.HWMP_ACTIVE_PATH_TIMEOUT),
        config.u16(MeshParameter.HWMP_PREQ_MIN_INTERVAL),
        config.u16(MeshParameter.HWMP_PERR_MIN_INTERVAL),
        config.u16(MeshParameter.HWMP_NET_DIAM_TRVS_TIME));
  }

  private static Root root(Attributes config) {
    return new Root(
        config.u8(MeshParameter.HWMP_ROOTMODE),
        config.u8(MeshParameter.GATE_ANNOUNCEMENTS) != 0,
        config.u16(MeshParameter.HWMP_RANN_INTERVAL),
        config.u16(MeshParameter.HWMP_ROOT_INTERVAL),
        config.u16(MeshParameter.HWMP_CONFIRMATION_INTERVAL),
        config.u32(MeshParameter.HWMP_PATH_TO_ROOT_TIMEOUT));
  }
}
