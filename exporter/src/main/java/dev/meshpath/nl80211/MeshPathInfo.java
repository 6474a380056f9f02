package dev.meshpath.nl80211;

/**
 * An entry of the mesh path table as the kernel dumps it (net/mac80211/cfg.c:mpath_set_pinfo).
 *
 * @param destination a MAC address, see {@code MacAddress}
 * @param nextHop a MAC address, or {@code MacAddress.NONE} before the first resolution; it stays
 *     when the path becomes inactive
 * @param sequenceNumber the last HWMP sequence number known of the destination, unsigned 32 bits
 * @param airtimeMetric of the whole path, unsigned 32 bits, in 0.01 TU
 * @param expiryMs until it expires, 0 once it has
 * @param flags {@code NL80211_MPATH_FLAG_*}
 * @param discoveryTimeoutMs of the discovery under way, or the last one
 * @param discoveryRetries so far
 * @param queuedFrames that wait for the path, 0 to 10
 * @param hopCount 1 for a neighbour
 * @param pathChangeCount next hops that HWMP stored, the first included
 * @param generation of the table: an entry came or went when it moves
 */
public record MeshPathInfo(
    long destination,
    long nextHop,
    long sequenceNumber,
    long airtimeMetric,
    long expiryMs,
    int flags,
    long discoveryTimeoutMs,
    int discoveryRetries,
    long queuedFrames,
    int hopCount,
    long pathChangeCount,
    long generation) {
  private static final int ACTIVE = 1;
  private static final int RESOLVING = 2;
  private static final int SEQUENCE_NUMBER_VALID = 4;
  private static final int FIXED = 8;
  private static final int RESOLVED = 16;

  /** Whether frames may use it. */
  public boolean isActive() {
    return (flags & ACTIVE) != 0;
  }

  /** Whether its discovery is under way. */
  public boolean isResolving() {
    return (flags & RESOLVING) != 0;
  }

  /** Whether {@link #sequenceNumber} means something. */
  public boolean isSequenceNumberValid() {
    return (flags & SEQUENCE_NUMBER_VALID) != 0;
  }

  /** Whether a user set it. */
  public boolean isFixed() {
    return (flags & FIXED) != 0;
  }

  /** Whether its discovery was answered. */
  public boolean isResolved() {
    return (flags & RESOLVED) != 0;
  }
}
