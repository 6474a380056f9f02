package dev.meshpath.nl80211;

/**
 * The mesh parameters of a device, as {@code iw dev DEVICE get mesh_param} shows them
 * (include/net/cfg80211.h:struct mesh_config). A TU is 1,024 microseconds.
 *
 * @param timeToLive of data frames, in hops
 * @param elementTimeToLive of path selection elements, in hops
 * @param forwarding whether it relays frames of others
 * @param peering how peer links are kept
 * @param hwmp how paths are found
 * @param root what a root does
 */
public record MeshConfig(
    int timeToLive,
    int elementTimeToLive,
    boolean forwarding,
    Peering peering,
    Hwmp hwmp,
    Root root) {
  /**
   * How peer links are kept.
   *
   * @param retryTimeoutMs until an open frame is sent again
   * @param confirmTimeoutMs to wait for a confirm frame
   * @param holdingTimeoutMs to close
   * @param maxPeerLinks 0 to 255
   * @param maxRetries of open frames
   * @param autoOpen whether the kernel opens links on its own
   * @param rssiThresholdDbm below which it does not, 0 for no threshold
   * @param inactivityTimeoutS after which a silent peer is dropped, 0 for never
   */
  public record Peering(
      int retryTimeoutMs,
      int confirmTimeoutMs,
      int holdingTimeoutMs,
      int maxPeerLinks,
      int maxRetries,
      boolean autoOpen,
      int rssiThresholdDbm,
      long inactivityTimeoutS) {}

  /**
   * How paths are found.
   *
   * @param maxPreqRetries of one discovery
   * @param pathRefreshTimeMs before its expiry a used path is refreshed
   * @param minDiscoveryTimeoutMs of the first PREQ, doubled by each retry
   * @param activePathTimeoutTu lifetime of a path
   * @param preqMinIntervalTu between two PREQs
   * @param perrMinIntervalTu between two PERRs
   * @param netDiameterTraversalTimeTu across the whole mesh
   */
  public record Hwmp(
      int maxPreqRetries,
      long pathRefreshTimeMs,
      int minDiscoveryTimeoutMs,
      long activePathTimeoutTu,
      int preqMinIntervalTu,
      int perrMinIntervalTu,
      int netDiameterTraversalTimeTu) {}

  /**
   * What a root does.
   *
   * @param mode 0 for no root, 2 and 3 for proactive PREQs without and with PREP, 4 for RANNs
   *     (include/linux/ieee80211.h:enum ieee80211_root_mode_identifier)
   * @param gateAnnouncements whether it announces itself as a gate
   * @param rannIntervalTu between two RANNs
   * @param intervalTu between two proactive PREQs
   * @param confirmationIntervalTu between two PREQs to a root that announces itself
   * @param pathTimeoutTu lifetime of a path to a root
   */
  public record Root(
      int mode,
      boolean gateAnnouncements,
      int rannIntervalTu,
      int intervalTu,
      int confirmationIntervalTu,
      long pathTimeoutTu) {}
}
