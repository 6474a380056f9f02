package dev.meshpath.collector.meshpath;

/**
 * What the kernel itself counts of the frames of a device, data frames and HWMP elements together
 * (net/mac80211/ieee80211_i.h:struct mesh_stats); since the device was made, modulo 2^32.
 *
 * @param device whose they are
 * @param forwardedUnicast relayed to one neighbour; of HWMP elements, PREPs
 * @param forwardedMulticast relayed to all of them; of HWMP elements, PREQs
 * @param discardedTtl not relayed: their time to live had run out
 * @param discardedNoRoute not sent or relayed: no path was found, the queue that waits for one was
 *     full, or a PREP had no way back
 * @param queued data frames that wait for a path now
 */
public record FrameCounts(
    MeshPathEvent.Device device,
    long forwardedUnicast,
    long forwardedMulticast,
    long discardedTtl,
    long discardedNoRoute,
    long queued) {}
