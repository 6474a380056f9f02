package dev.meshpath.collector.meshpath;

/**
 * A snapshot of an entry, {@code struct mesh_path} of net/mac80211/mesh.h.
 *
 * @param nextHop address of the neighbour that frames go to, or {@code MacAddress.NONE}
 * @param expiryNs when the path stops being usable unless refreshed, CLOCK_MONOTONIC, exact to a
 *     jiffy; 0: never
 * @param sequenceNumber last HWMP sequence number of the destination (unsigned)
 * @param airtimeMetric in 0.01 TU, summed over the hops (unsigned, all ones: unusable)
 * @param flags {@code enum mesh_path_flags}
 * @param hopCount 1 for a neighbour, 0 unknown or fixed by a user
 */
public record MeshPathState(
    long nextHop, long expiryNs, int sequenceNumber, int airtimeMetric, int flags, int hopCount) {}
