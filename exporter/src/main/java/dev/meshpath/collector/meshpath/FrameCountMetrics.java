package dev.meshpath.collector.meshpath;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;

/** What is counted of frames, as Prometheus series. */
public final class FrameCountMetrics implements MultiCollector {
  private final Supplier<List<FrameCounts>> look;
  private final boolean labelNetns;

  /**
   * @param look the counts of this moment
   * @param labelNetns whether devices of several namespaces are told apart by a label {@code netns}
   */
  public FrameCountMetrics(Supplier<List<FrameCounts>> look, boolean labelNetns) {
    this.look = look;
    this.labelNetns = labelNetns;
  }

  @Override
  public MetricSnapshots collect() {
    CounterSnapshot.Builder forwarded =
        CounterSnapshot.builder()
            .name("dot11s_forwarded_frames")
            .help("Frames relayed for others, HWMP elements included, as the kernel counts them.");
    CounterSnapshot.Builder discarded =
        CounterSnapshot.builder()
            .name("dot11s_frames_discarded")
            .help("Frames lost for want of a path or of time to live, since the exporter began.");
    GaugeSnapshot.Builder queued =
        GaugeSnapshot.builder()
            .name("dot11s_discovery_queued_frames")
            .help("Data frames that wait until a path is found, at most 10 for each.");
    for (FrameCounts counts : look.get()) {
      Labels device =
          Labels.of(
              DeviceLabels.names(labelNetns),
              DeviceLabels.values(DeviceLabels.of(labelNetns, counts.device())));
      forwarded.dataPoint(counter(device.add("cast", "unicast"), counts.forwardedUnicast()));
      forwarded.dataPoint(counter(device.add("cast", "multicast"), counts.forwardedMulticast()));
      discarded.dataPoint(counter(device.add("reason", "ttl"), counts.discardedTtl()));
      discarded.dataPoint(counter(device.add("reason", "no_route"), counts.discardedNoRoute()));
      discarded.dataPoint(
          counter(device.add("reason", "unresolved"), counts.discardedUnresolved()));
      discarded.dataPoint(counter(device.add("reason", "queue_full"), counts.discardedQueueFull()));
      queued.dataPoint(
          GaugeDataPointSnapshot.builder().labels(device).value((double) counts.queued()).build());
    }
    return new MetricSnapshots(forwarded.build(), discarded.build(), queued.build());
  }

  private static CounterDataPointSnapshot counter(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }
}
