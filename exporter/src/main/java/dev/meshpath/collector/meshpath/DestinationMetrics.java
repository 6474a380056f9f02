package dev.meshpath.collector.meshpath;

import dev.meshpath.net.MacAddress;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The series that each listed destination has.
 *
 * <pre>
 * dot11s_path_info{destination="02:00:00:00:02:00",device="mesh0",next_hop="02:00:00:00:01:00"} 1
 * dot11s_path_metric{destination="02:00:00:00:02:00",device="mesh0"} 16386.0
 * </pre>
 *
 * <p>Their labels are kept from one scrape to the next: the client examines each label when it is
 * made, by an encoder of its own, which showed in the profile of a scrape. A destination that is no
 * longer listed is forgotten at the next scrape.
 */
final class DestinationMetrics {
  /** Stands for all destinations without series of their own. */
  private static final String OTHER = "other";

  /** By the labels of the device. Replaced as a whole: scrapes may overlap. */
  private volatile Map<Labels, Long2ObjectHashMap<PathLabels>> known = Map.of();

  /**
   * The labels of one destination.
   *
   * @param path of what is told of its path
   * @param nextHop of the last scrape
   * @param info the labels of the path with that next hop
   */
  private record PathLabels(Labels path, long nextHop, Labels info) {
    static PathLabels of(Labels device, PathSnapshot path) {
      return by(device.add("destination", MacAddress.toString(path.destination())), path.nextHop());
    }

    static PathLabels by(Labels path, long nextHop) {
      return new PathLabels(path, nextHop, path.add("next_hop", MacAddress.toString(nextHop)));
    }

    PathLabels by(long other) {
      return nextHop == other ? this : by(path, other);
    }
  }

  /** Those of one scrape, of devices by their labels. */
  Stream<MetricSnapshot> collect(Map<Labels, DeviceSnapshot> devices) {
    Map<Labels, Long2ObjectHashMap<PathLabels>> former = known;
    Map<Labels, Long2ObjectHashMap<PathLabels>> listed = new HashMap<>();
    Families families = new Families();
    devices.forEach(
        (device, snapshot) -> {
          Long2ObjectHashMap<PathLabels> before =
              former.getOrDefault(device, new Long2ObjectHashMap<>());
          Long2ObjectHashMap<PathLabels> now = new Long2ObjectHashMap<>();
          for (PathSnapshot path : snapshot.paths()) {
            PathLabels old = before.get(path.destination());
            PathLabels labels = old == null ? PathLabels.of(device, path) : old.by(path.nextHop());
            now.put(path.destination(), labels);
            families.add(path, labels);
            if (path.alive() && path.root()) {
              families.addRoot(device, path);
            }
          }
          families.addOthers(device.add("destination", OTHER), snapshot);
          listed.put(device, now);
        });
    known = listed;
    return families.build();
  }

  /** What is collected in one scrape. */
  private static final class Families {
    private final CounterSnapshot.Builder changes =
        counters("dot11s_path_changes", "Next hop changes to a different neighbour.");
    private final CounterSnapshot.Builder returns =
        counters("dot11s_path_returns", "Next hop changes back to the one before, soon after.");
    private final GaugeSnapshot.Builder penalty =
        gauges(
            "dot11s_path_flap_penalty",
            "Figure that rises with each move of a path and halves with each half-life.");
    private final GaugeSnapshot.Builder flapping =
        gauges("dot11s_path_flapping", "Whether a path moves too often to be called stable.");
    private final InfoSnapshot.Builder info =
        InfoSnapshot.builder()
            .name("dot11s_path")
            .help("Current next hop of a destination, 00:00:00:00:00:00 while there is none.");
    private final GaugeSnapshot.Builder active =
        gauges("dot11s_path_active", "Whether frames to the destination go by the path.");
    private final GaugeSnapshot.Builder metric =
        gauges(
            "dot11s_path_metric",
            "Airtime metric of the path in units of 0.01 TU, summed over its hops.");
    private final GaugeSnapshot.Builder hops =
        gauges("dot11s_path_hops", "Hops to the destination, 1 for a neighbour, 0 while unknown.");
    private final InfoSnapshot.Builder roots =
        InfoSnapshot.builder().name("dot11s_root").help("Destinations that announced to be roots.");

    void add(PathSnapshot path, PathLabels labels) {
      changes.dataPoint(counter(labels.path(), path.changes()));
      returns.dataPoint(counter(labels.path(), path.returns()));
      penalty.dataPoint(gauge(labels.path(), path.flapPenalty()));
      flapping.dataPoint(gauge(labels.path(), path.flapping() ? 1 : 0));
      if (path.alive()) {
        info.dataPoint(InfoDataPointSnapshot.builder().labels(labels.info()).build());
        active.dataPoint(gauge(labels.path(), path.active() ? 1 : 0));
        metric.dataPoint(gauge(labels.path(), (double) path.airtimeMetric()));
        hops.dataPoint(gauge(labels.path(), path.hopCount()));
      }
    }

    void addRoot(Labels device, PathSnapshot path) {
      roots.dataPoint(
          InfoDataPointSnapshot.builder()
              .labels(device.add("root", MacAddress.toString(path.destination())))
              .build());
    }

    /** After all addresses, where their label is in the order in which the client sorts. */
    void addOthers(Labels labels, DeviceSnapshot device) {
      changes.dataPoint(counter(labels, device.otherChanges()));
      returns.dataPoint(counter(labels, device.otherReturns()));
    }

    Stream<MetricSnapshot> build() {
      return Stream.of(
          changes.build(),
          returns.build(),
          penalty.build(),
          flapping.build(),
          info.build(),
          active.build(),
          metric.build(),
          hops.build(),
          roots.build());
    }

    private static CounterSnapshot.Builder counters(String name, String help) {
      return CounterSnapshot.builder().name(name).help(help);
    }

    private static GaugeSnapshot.Builder gauges(String name, String help) {
      return GaugeSnapshot.builder().name(name).help(help);
    }

    private static CounterDataPointSnapshot counter(Labels labels, long value) {
      return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
    }

    private static GaugeDataPointSnapshot gauge(Labels labels, double value) {
      return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }
  }
}
