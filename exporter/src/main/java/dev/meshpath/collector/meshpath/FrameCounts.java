package dev.meshpath.collector.meshpath;

/**
 * What the kernel itself counts of the frames of a device, data frames and HWMP elements together
 * (net/mac80211/ieee80211_i.h:struct mesh_stats); since the device was made, modulo 2^32. What was
 * discarded is made one count a reason, since the programs are attached, by {@link
 * DiscardedFrames}.
 *
 * @param device whose they are
 * @param forwardedUnicast relayed to one neighbour; of HWMP elements, PREPs
 * @param forwardedMulticast relayed to all of them; of HWMP elements, PREQs
 * @param discardedTtl not relayed: their time to live had run out
 * @param discardedNoRoute not sent or relayed: there was no path, no room for one in the table, or
 *     a PREP had no way back; in the kernel's count the next two as well
 * @param discardedUnresolved waited for a path, and it was not found, or deleted
 * @param discardedQueueFull waited for a path for the longest time, when there were too many
 * @param queued data frames that wait for a path now
 */
public record FrameCounts(
    MeshPathEvent.Device device,
    long forwardedUnicast,
    long forwardedMulticast,
    long discardedTtl,
    long discardedNoRoute,
    long discardedUnresolved,
    long discardedQueueFull,
    long queued) {}
