package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.MeshPathChange.REASSIGN;

import dev.meshpath.net.MacAddress;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;

/**
 * The path table as Prometheus series. One look at the table makes all of them, so that they agree
 * with one another.
 *
 * <pre>
 * dot11s_path_events_total{device="mesh0",event="add"} 2.0
 * dot11s_path_info{destination="02:00:00:00:02:00",device="mesh0",next_hop="02:00:00:00:01:00"} 1
 * dot11s_path_metric{destination="02:00:00:00:02:00",device="mesh0"} 16386.0
 * </pre>
 */
public final class MeshPathMetrics implements MultiCollector {
  /** Stands for all destinations without series of their own. */
  private static final String OTHER = "other";

  private final Supplier<List<MeshPathTable.DeviceSnapshot>> look;
  private final boolean labelNetns;
  private final int destinationLimit;

  /**
   * @param look one consistent look at the table
   * @param labelNetns whether devices of several namespaces are told apart by a label {@code netns}
   * @param destinationLimit destinations with series of their own, a device
   */
  public MeshPathMetrics(
      Supplier<List<MeshPathTable.DeviceSnapshot>> look, boolean labelNetns, int destinationLimit) {
    this.look = look;
    this.labelNetns = labelNetns;
    this.destinationLimit = destinationLimit;
  }

  @Override
  public MetricSnapshots collect() {
    CounterSnapshot.Builder events =
        CounterSnapshot.builder()
            .name("dot11s_path_events")
            .help("Changes of the mesh path table, by what happened.");
    CounterSnapshot.Builder changes =
        CounterSnapshot.builder()
            .name("dot11s_path_changes")
            .help("Next hop changes to a different neighbour.");
    CounterSnapshot.Builder reassigns =
        CounterSnapshot.builder()
            .name("dot11s_path_reassigns")
            .help("Assignments of the next hop that was there before: refreshes, not flaps.");
    InfoSnapshot.Builder info =
        InfoSnapshot.builder()
            .name("dot11s_path")
            .help("Current next hop of a destination, 00:00:00:00:00:00 while there is none.");
    GaugeSnapshot.Builder metric =
        GaugeSnapshot.builder()
            .name("dot11s_path_metric")
            .help("Airtime metric of the path in units of 0.01 TU, summed over its hops.");
    GaugeSnapshot.Builder hops =
        GaugeSnapshot.builder()
            .name("dot11s_path_hops")
            .help("Hops to the destination, 1 for a neighbour, 0 while unknown.");
    GaugeSnapshot.Builder series =
        GaugeSnapshot.builder()
            .name("dot11s_path_destinations")
            .help("Destinations with series of their own, those recently deleted included.");
    GaugeSnapshot.Builder limit =
        GaugeSnapshot.builder()
            .name("dot11s_path_destinations_limit")
            .help("Most destinations with series of their own, the rest counts as \"other\".");
    CounterSnapshot.Builder unlisted =
        CounterSnapshot.builder()
            .name("dot11s_path_destinations_dropped")
            .help("Destinations that got no series of their own because of the limit.");

    for (MeshPathTable.DeviceSnapshot device : look.get()) {
      Labels labels = labels(device);
      device
          .events()
          .forEach(
              (change, count) ->
                  events.dataPoint(counter(labels.add("event", change.word()), count)));
      reassigns.dataPoint(counter(labels, device.events().getOrDefault(REASSIGN, 0L)));
      changes.dataPoint(counter(labels.add("destination", OTHER), device.otherChanges()));
      series.dataPoint(gauge(labels, device.paths().size()));
      limit.dataPoint(gauge(labels, destinationLimit));
      unlisted.dataPoint(counter(labels, device.unlisted()));
      for (MeshPathTable.PathSnapshot path : device.paths()) {
        Labels pathLabels = labels.add("destination", MacAddress.toString(path.destination()));
        changes.dataPoint(counter(pathLabels, path.changes()));
        if (path.alive()) {
          info.dataPoint(
              InfoDataPointSnapshot.builder()
                  .labels(pathLabels.add("next_hop", MacAddress.toString(path.nextHop())))
                  .build());
          metric.dataPoint(gauge(pathLabels, path.airtimeMetric()));
          hops.dataPoint(gauge(pathLabels, path.hopCount()));
        }
      }
    }
    return MetricSnapshots.of(
        events.build(),
        changes.build(),
        reassigns.build(),
        info.build(),
        metric.build(),
        hops.build(),
        series.build(),
        limit.build(),
        unlisted.build());
  }

  private Labels labels(MeshPathTable.DeviceSnapshot device) {
    Labels name = Labels.of("device", device.device().name());
    return labelNetns ? name.add("netns", Integer.toUnsignedString(device.device().netns())) : name;
  }

  private static CounterDataPointSnapshot counter(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }

  private static GaugeDataPointSnapshot gauge(Labels labels, long value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }
}
