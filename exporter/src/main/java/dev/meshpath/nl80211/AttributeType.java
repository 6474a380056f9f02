package dev.meshpath.nl80211;

/** Which attribute, by the numbers of include/uapi/linux/nl80211.h; a test compares them. */
sealed interface AttributeType {
  /** Its number, unique in its nest. */
  int code();

  /** As {@code NL80211_ATTR_IFINDEX}. */
  String kernelName();

  /** {@code enum nl80211_attrs}: of a message itself. */
  enum Top implements AttributeType {
    WIPHY(1),
    IFINDEX(3),
    IFNAME(4),
    IFTYPE(5),
    MAC(6),
    STA_INFO(21),
    MPATH_NEXT_HOP(26),
    MPATH_INFO(27),
    MESH_CONFIG(35),
    WIPHY_FREQ(38),
    GENERATION(46);

    private static final String PREFIX = "NL80211_ATTR_";

    private final int code;

    Top(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public String kernelName() {
      return PREFIX + name();
    }
  }

  /** {@code enum nl80211_mpath_info}: of {@link Top#MPATH_INFO}. */
  enum MeshPath implements AttributeType {
    FRAME_QLEN(1),
    SN(2),
    METRIC(3),
    EXPTIME(4),
    FLAGS(5),
    DISCOVERY_TIMEOUT(6),
    DISCOVERY_RETRIES(7),
    HOP_COUNT(8),
    PATH_CHANGE(9);

    private static final String PREFIX = "NL80211_MPATH_INFO_";

    private final int code;

    MeshPath(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public String kernelName() {
      return PREFIX + name();
    }
  }

  /** {@code enum nl80211_sta_info}: of {@link Top#STA_INFO}. */
  enum Station implements AttributeType {
    INACTIVE_TIME(1),
    LLID(4),
    PLID(5),
    PLINK_STATE(6),
    SIGNAL(7),
    TX_BITRATE(8),
    RX_PACKETS(9),
    TX_PACKETS(10),
    TX_RETRIES(11),
    TX_FAILED(12),
    SIGNAL_AVG(13),
    RX_BITRATE(14),
    T_OFFSET(19),
    RX_BYTES64(23),
    TX_BYTES64(24),
    EXPECTED_THROUGHPUT(27),
    RX_DURATION(32),
    TX_DURATION(39),
    AIRTIME_LINK_METRIC(41);

    private static final String PREFIX = "NL80211_STA_INFO_";

    private final int code;

    Station(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public String kernelName() {
      return PREFIX + name();
    }
  }

  /**
   * {@code enum nl80211_rate_info}: of {@link Station#TX_BITRATE} and {@link Station#RX_BITRATE}.
   */
  enum Rate implements AttributeType {
    BITRATE32(5);

    private static final String PREFIX = "NL80211_RATE_INFO_";

    private final int code;

    Rate(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public String kernelName() {
      return PREFIX + name();
    }
  }

  /** {@code enum nl80211_meshconf_params}: of {@link Top#MESH_CONFIG}. */
  enum MeshParameter implements AttributeType {
    RETRY_TIMEOUT(1),
    CONFIRM_TIMEOUT(2),
    HOLDING_TIMEOUT(3),
    MAX_PEER_LINKS(4),
    MAX_RETRIES(5),
    TTL(6),
    AUTO_OPEN_PLINKS(7),
    HWMP_MAX_PREQ_RETRIES(8),
    PATH_REFRESH_TIME(9),
    MIN_DISCOVERY_TIMEOUT(10),
    HWMP_ACTIVE_PATH_TIMEOUT(11),
    HWMP_PREQ_MIN_INTERVAL(12),
    HWMP_NET_DIAM_TRVS_TIME(13),
    HWMP_ROOTMODE(14),
    ELEMENT_TTL(15),
    HWMP_RANN_INTERVAL(16),
    GATE_ANNOUNCEMENTS(17),
    HWMP_PERR_MIN_INTERVAL(18),
    FORWARDING(19),
    RSSI_THRESHOLD(20),
    HWMP_PATH_TO_ROOT_TIMEOUT(23),
    HWMP_ROOT_INTERVAL(24),
    HWMP_CONFIRMATION_INTERVAL(25),
    PLINK_TIMEOUT(28);

    private static final String PREFIX = "NL80211_MESHCONF_";

    private final int code;

    MeshParameter(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public String kernelName() {
      return PREFIX + name();
    }
  }
}
