package dev.meshpath.nl80211;

import dev.meshpath.nl80211.AttributeType.MeshPath;
import dev.meshpath.nl80211.AttributeType.Top;

/** Reads what net/wireless/nl80211.c:nl80211_send_mpath writes for a mesh path. */
final class MeshPathDecoder {
  private MeshPathDecoder() {}

  /**
   * A mesh path.
   *
   * @throws MalformedMessageException if an attribute lacks or has another width
   */
  static MeshPathInfo decode(Attributes message) {
    Attributes info = message.nest(Top.MPATH_INFO);
    return new MeshPathInfo(
        message.mac(Top.MAC),
        message.mac(Top.MPATH_NEXT_HOP),
        info.u32(MeshPath.SN),
        info.u32(MeshPath.METRIC),
        info.u32(MeshPath.EXPTIME),
        info.u8(MeshPath.FLAGS),
        info.u32(MeshPath.DISCOVERY_TIMEOUT),
        info.u8(MeshPath.DISCOVERY_RETRIES),
        info.u32(MeshPath.FRAME_QLEN),
        info.u8(MeshPath.HOP_COUNT),
        info.u32(MeshPath.PATH_CHANGE),
        message.u32(Top.GENERATION));
  }
}
