package dev.meshpath.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the exporter runs.
 *
 * @param serve what becomes of the events
 * @param netns whose devices are watched
 * @param meshPath whether the collector mesh_path is on
 * @param peerLink whether the collector peer_link is on
 * @param kernelChanges whether the collector kernel_changes is on
 * @param ringSize of each collector
 * @param attach by which mechanism kernel functions are watched
 * @param dataPath whether functions that run for each data frame are watched
 * @param btf file with the BTF of the running kernel and mac80211; null: the kernel's own
 * @param reconcileInterval how often the path table is compared with the kernel's
 * @param peerLimit peers with series of their own, a device
 * @param snapLengths how much of frames leaves the kernel
 * @param recording whether what the kernel says is recorded
 * @param monitor who hears the air
 */
public record ExporterConfig(
    ServeConfig serve,
    NetnsScope netns,
    boolean meshPath,
    boolean peerLink,
    boolean kernelChanges,
    RingSize ringSize,
    AttachMode attach,
    boolean dataPath,
    @Nullable Path btf,
    Duration reconcileInterval,
    int peerLimit,
    SnapLengths snapLengths,
    RecordConfig recording,
    MonitorConfig monitor) {}
