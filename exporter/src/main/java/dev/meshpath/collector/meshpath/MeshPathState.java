package dev.meshpath.collector.meshpath;

/**
 * A snapshot of an entry, {@code struct mesh_path} of net/mac80211/mesh.h.
 *
 * @param nextHop address of the neighbour that frames go to, or {@code MacAddress.NONE}
 * @param expiryNs when the path stops being usable unless refreshed, CLOCK_MONOTONIC, exact to a
 *     jiffy; 0: never
 * @param sequenceNumber last HWMP sequence number of the destination (unsigned)
 * @param airtimeMetric in 0.01 TU, summed over the hops (unsigned, all ones: unusable)
 * @param flags {@code enum mesh_path_flags}, and {@link #EXPIRED}
 * @param hopCount 1 for a neighbour, 0 unknown or fixed by a user
 * @param root whether the destination announced by RANN that it is a root
 * @param gate whether it announced that it is a gate
 */
public record MeshPathState(
    long nextHop,
    long expiryNs,
    int sequenceNumber,
    int airtimeMetric,
    int flags,
    int hopCount,
    boolean root,
    boolean gate) {
  /** {@code MESH_PATH_ACTIVE}. */
  static final int ACTIVE = 0x01;

  /** {@code MESH_PATH_RESOLVING}: a discovery is under way. */
  static final int RESOLVING = 0x02;

  /** {@code MESH_PATH_FIXED} by a user: neither expires nor changes by itself. */
  static final int FIXED = 0x08;

  /** {@code MESH_PATH_EXPIRED}, ours: the expiry time had passed when the snapshot was taken. */
  static final int EXPIRED = 0x80;

  /**
   * Whether frames would go by it: the kernel clears {@link #ACTIVE} of an expired path only when
   * it looks at it the next time (net/mac80211/mesh_pathtbl.c:mpath_lookup).
   */
  boolean usable() {
    return (flags & (ACTIVE | EXPIRED)) == ACTIVE;
  }
}
