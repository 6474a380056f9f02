package dev.meshpath.nl80211;

import dev.meshpath.nl80211.AttributeType.MeshParameter;
import dev.meshpath.nl80211.AttributeType.MeshPath;
import dev.meshpath.nl80211.AttributeType.Rate;
import dev.meshpath.nl80211.AttributeType.Station;
import dev.meshpath.nl80211.AttributeType.Top;

/** What the kernel's functions of the same names put into a message, with made-up values. */
final class KernelMessages {
  static final long OWN = 0x02_00_00_00_00_00L;
  static final long PEER = 0x02_00_00_00_01_00L;
  static final long FAR = 0x02_00_00_00_02_00L;
  static final int MESH_POINT = 7;

  /** NL80211_STA_INFO_PAD. */
  private static final int PAD = 33;

  /** NL80211_STA_INFO_RX_BYTES, NL80211_STA_INFO_TX_BYTES: the low 32 bits, for old programs. */
  private static final int RX_BYTES = 2;

  private static final int TX_BYTES = 3;

  /** NL80211_RATE_INFO_BITRATE, NL80211_RATE_INFO_SHORT_GI. */
  private static final int BITRATE = 1;

  private static final int SHORT_GI = 4;

  /** NL80211_ATTR_IFINDEX where it stands in a nest whose third number is another's. */
  private static final int IFINDEX = 3;

  private KernelMessages() {}

  /** net/wireless/nl80211.c:nl80211_send_iface. */
  static NetlinkBytes sendIface(int ifindex, String name, int type) {
    return new NetlinkBytes()
        .u32(Top.IFINDEX, ifindex)
        .text(Top.IFNAME, name + "\0")
        .u32(Top.WIPHY, 3)
        .u32(Top.IFTYPE, type)
        .mac(Top.MAC, OWN)
        .u32(Top.GENERATION, 5);
  }

  /** The same of a mesh point that joined: with a channel. */
  static NetlinkBytes sendJoinedIface(int ifindex, String name) {
    return sendIface(ifindex, name, MESH_POINT).u32(Top.WIPHY_FREQ, 2412);
  }

  /** net/wireless/nl80211.c:nl80211_send_iface for a device without a net_device. */
  static NetlinkBytes sendIfaceWithoutNetdev() {
    return new NetlinkBytes()
        .u32(Top.WIPHY, 3)
        .u32(Top.IFTYPE, 10)
        .mac(Top.MAC, OWN)
        .u32(Top.GENERATION, 5);
  }

  /** net/wireless/nl80211.c:nl80211_send_mpath of a mesh path. */
  static NetlinkBytes sendMpath(long destination, long nextHop, long generation) {
    return new NetlinkBytes()
        .u32(Top.IFINDEX, 7)
        .mac(Top.MAC, destination)
        .mac(Top.MPATH_NEXT_HOP, nextHop)
        .u32(Top.GENERATION, generation)
        .nest(
            Top.MPATH_INFO,
            new NetlinkBytes()
                .u32(MeshPath.FRAME_QLEN, 2)
                .u32(MeshPath.SN, 0xfffffffeL)
                .u32(MeshPath.METRIC, 0xffffffffL)
                .u32(MeshPath.EXPTIME, 4321)
                .u8(MeshPath.FLAGS, 0x15)
                .u32(MeshPath.DISCOVERY_TIMEOUT, 1600)
                .u8(MeshPath.DISCOVERY_RETRIES, 4)
                .u8(MeshPath.HOP_COUNT, 255)
                .u32(MeshPath.PATH_CHANGE, 9));
  }

  /** net/wireless/nl80211.c:nl80211_send_mpath of a proxy path: its nest is empty. */
  static NetlinkBytes sendMpp(long destination, long proxy) {
    return new NetlinkBytes()
        .u32(Top.IFINDEX, 7)
        .mac(Top.MAC, destination)
        .mac(Top.MPATH_NEXT_HOP, proxy)
        .u32(Top.GENERATION, 2)
        .nest(Top.MPATH_INFO, new NetlinkBytes());
  }

  /** net/wireless/nl80211.c:nl80211_send_station, with all that is read and some that is not. */
  static NetlinkBytes sendStation(long address, PeerLinkState state) {
    return station(
        address,
        new NetlinkBytes()
            .u32(Station.INACTIVE_TIME, 1500)
            .u32(RX_BYTES, 1)
            .u32(TX_BYTES, 2)
            .flag(PAD)
            .u64(Station.RX_BYTES64, 0x1_0000_0001L)
            .flag(PAD)
            .u64(Station.TX_BYTES64, 0x1_0000_0002L)
            .u16(Station.LLID, 65535)
            .u16(Station.PLID, 40000)
            .u8(Station.PLINK_STATE, state.code())
            .flag(PAD)
            .u64(Station.RX_DURATION, 77)
            .flag(PAD)
            .u64(Station.TX_DURATION, 88)
            .u8(Station.SIGNAL, -30)
            .u8(Station.SIGNAL_AVG, -31)
            .nest(Station.TX_BITRATE, rate(540))
            .nest(Station.RX_BITRATE, rate(100_000))
            .u32(Station.RX_PACKETS, 10)
            .u32(Station.TX_PACKETS, 0xffffffffL)
            .u32(Station.TX_RETRIES, 12)
            .u32(Station.TX_FAILED, 13)
            .u32(Station.EXPECTED_THROUGHPUT, 32_000)
            .u32(Station.AIRTIME_LINK_METRIC, 152)
            .flag(PAD)
            .u64(Station.T_OFFSET, -2_500_000));
  }

  /** Of a driver that tells next to nothing. */
  static NetlinkBytes sendBareStation(long address, PeerLinkState state) {
    return station(
        address,
        new NetlinkBytes()
            .u8(Station.PLINK_STATE, state.code())
            .nest(Station.TX_BITRATE, new NetlinkBytes().flag(SHORT_GI)));
  }

  static NetlinkBytes station(long address, NetlinkBytes info) {
    return new NetlinkBytes()
        .u32(Top.IFINDEX, 7)
        .mac(Top.MAC, address)
        .u32(Top.GENERATION, 11)
        .nest(Top.STA_INFO, info);
  }

  /** net/wireless/nl80211.c:nl80211_get_mesh_config: the interface index is inside of the nest. */
  static NetlinkBytes getMeshConfig() {
    return new NetlinkBytes()
        .nest(
            Top.MESH_CONFIG,
            new NetlinkBytes()
                .u32(IFINDEX, 7)
                .u16(MeshParameter.RETRY_TIMEOUT, 100)
                .u16(MeshParameter.CONFIRM_TIMEOUT, 101)
                .u16(MeshParameter.HOLDING_TIMEOUT, 102)
                .u16(MeshParameter.MAX_PEER_LINKS, 99)
                .u8(MeshParameter.MAX_RETRIES, 3)
                .u8(MeshParameter.TTL, 31)
                .u8(MeshParameter.ELEMENT_TTL, 30)
                .u8(MeshParameter.AUTO_OPEN_PLINKS, 1)
                .u8(MeshParameter.HWMP_MAX_PREQ_RETRIES, 4)
                .u32(MeshParameter.PATH_REFRESH_TIME, 1000)
                .u16(MeshParameter.MIN_DISCOVERY_TIMEOUT, 103)
                .u32(MeshParameter.HWMP_ACTIVE_PATH_TIMEOUT, 5000)
                .u16(MeshParameter.HWMP_PREQ_MIN_INTERVAL, 10)
                .u16(MeshParameter.HWMP_PERR_MIN_INTERVAL, 104)
                .u16(MeshParameter.HWMP_NET_DIAM_TRVS_TIME, 50)
                .u8(MeshParameter.HWMP_ROOTMODE, 4)
                .u16(MeshParameter.HWMP_RANN_INTERVAL, 5001)
                .u8(MeshParameter.GATE_ANNOUNCEMENTS, 1)
                .u8(MeshParameter.FORWARDING, 1)
                .u32(MeshParameter.RSSI_THRESHOLD, -80)
                .u32(MeshParameter.HWMP_PATH_TO_ROOT_TIMEOUT, 6000)
                .u16(MeshParameter.HWMP_ROOT_INTERVAL, 5002)
                .u16(MeshParameter.HWMP_CONFIRMATION_INTERVAL, 2000)
                .u32(MeshParameter.PLINK_TIMEOUT, 1800));
  }

  /** net/wireless/nl80211.c:nl80211_put_sta_rate: 16 bits too, where they are enough. */
  private static NetlinkBytes rate(int rateUnits) {
    NetlinkBytes rate = new NetlinkBytes().u32(Rate.BITRATE32, rateUnits);
    return rateUnits < 1 << 16 ? rate.u16(BITRATE, rateUnits).flag(SHORT_GI) : rate.flag(SHORT_GI);
  }
}
