package dev.meshpath.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the exporter runs.
 *
 * @param listen where /metrics is served
 * @param logLevel what is logged
 * @param logFormat in which form
 * @param netns whose devices are watched
 * @param meshPath whether the collector mesh_path is on
 * @param peerLink whether the collector peer_link is on
 * @param ringSize of each collector
 * @param destinationLimit destinations with series of their own, a device
 * @param retention how long the counters of a destination stay after its path was deleted
 * @param attach by which mechanism kernel functions are watched
 * @param dataPath whether functions that run for each data frame are watched
 * @param btf file with the BTF of the running kernel and mac80211; null: the kernel's own
 * @param reconcileInterval how often the path table is compared with the kernel's
 * @param peerLimit peers with series of their own, a device
 * @param snapLengths how much of frames leaves the kernel
 * @param otlp where spans and log records go
 * @param capture where frames that caused something are kept
 * @param monitor who hears the air
 */
public record ExporterConfig(
    ListenAddress listen,
    LogLevel logLevel,
    LogFormat logFormat,
    NetnsScope netns,
    boolean meshPath,
    boolean peerLink,
    RingSize ringSize,
    int destinationLimit,
    Duration retention,
    AttachMode attach,
    boolean dataPath,
    @Nullable Path btf,
    Duration reconcileInterval,
    int peerLimit,
    SnapLengths snapLengths,
    OtlpConfig otlp,
    CaptureConfig capture,
    MonitorConfig monitor) {}
