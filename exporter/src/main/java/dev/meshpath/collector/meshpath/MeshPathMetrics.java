package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.MeshPathChange.REASSIGN;

import dev.meshpath.net.MacAddress;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The path table as Prometheus series. One look at the table makes all of them, so that they agree
 * with one another.
 *
 * <pre>
 * dot11s_path_events_total{cause="preq",device="mesh0",event="add"} 2.0
 * </pre>
 */
public final class MeshPathMetrics implements MultiCollector {
  /** Stands for all peers without series of their own. */
  private static final String OTHER = "other";

  /** net/mac80211/mesh.h: MESH_MAX_MPATHS. */
  private static final long KERNEL_LIMIT = 1024;

  private final Supplier<List<DeviceSnapshot>> look;
  private final List<? extends MultiCollector> kept;
  private final boolean labelNetns;
  private final int destinationLimit;
  private final DestinationMetrics destinations = new DestinationMetrics();
  private final EventLabels eventLabels = new EventLabels();

  /** Made once: the client examines each label when it is made. */
  private static final class EventLabels {
    private final Labels[][] labels = new Labels[MeshPathChange.CODES][PathCause.CODES];

    EventLabels() {
      for (MeshPathChange change : MeshPathChange.values()) {
        for (PathCause cause : PathCause.values()) {
          labels[change.code()][cause.code()] =
              Labels.of("cause", cause.word(), "event", change.word());
        }
      }
    }

    Labels get(MeshPathChange change, PathCause cause) {
      return labels[change.code()][cause.code()];
    }
  }

  /**
   * The series of a table that nobody follows.
   *
   * @param look one consistent look at the table
   * @param labelNetns whether devices of several namespaces are told apart by a label {@code netns}
   * @param destinationLimit destinations with series of their own, a device
   */
  public MeshPathMetrics(
      Supplier<List<DeviceSnapshot>> look, boolean labelNetns, int destinationLimit) {
    this(look, List.of(), labelNetns, destinationLimit);
  }

  /**
   * The series of a table.
   *
   * @param look one consistent look at the table
   * @param kept series that followers of the table keep; they know all that the look shows
   * @param labelNetns whether devices of several namespaces are told apart by a label {@code netns}
   * @param destinationLimit destinations with series of their own, a device
   */
  public MeshPathMetrics(
      Supplier<List<DeviceSnapshot>> look,
      List<? extends MultiCollector> kept,
      boolean labelNetns,
      int destinationLimit) {
    this.look = look;
    this.kept = kept;
    this.labelNetns = labelNetns;
    this.destinationLimit = destinationLimit;
  }

  @Override
  public MetricSnapshots collect() {
    CounterSnapshot.Builder events =
        counters("dot11s_path_events", "Events of the mesh path table, by what happened and why.");
    CounterSnapshot.Builder discoveries =
        counters("dot11s_discovery_events", "Steps of path discoveries, by what happened and why.");
    CounterSnapshot.Builder results =
        counters("dot11s_discovery", "Path discoveries that are over, by result.");
    CounterSnapshot.Builder retries =
        counters("dot11s_discovery_retries", "Path requests that were sent again.");
    CounterSnapshot.Builder proxyEvents =
        counters(
            "dot11s_proxy_path_events", "Events of the proxy table, by what happened and why.");
    CounterSnapshot.Builder gateEvents =
        counters("dot11s_gate_events", "Gates that became known, and whose entry was deleted.");
    CounterSnapshot.Builder rootEvents =
        counters("dot11s_root_events", "Roots that became known, and whose entry was deleted.");
    CounterSnapshot.Builder rejected =
        counters(
            "dot11s_hwmp_frames_rejected",
            "Received HWMP elements that told nothing new or better, by reason.");
    CounterSnapshot.Builder peers =
        counters("dot11s_peer_state_changes", "Changes of peer links, by the state reached.");
    CounterSnapshot.Builder byClass =
        counters("dot11s_path_changes_by_class", "Next hop changes, by why there was another.");
    CounterSnapshot.Builder reassigns =
        counters(
            "dot11s_path_reassigns",
            "Assignments of the next hop that was there before: refreshes, not flaps.");
    GaugeSnapshot.Builder states = gauges("dot11s_paths", "Entries of the path table, by state.");
    GaugeSnapshot.Builder tableLimit =
        gauges("dot11s_paths_limit", "Most entries that the kernel's path table takes.");
    GaugeSnapshot.Builder proxies = gauges("dot11s_proxy_paths", "Entries of the proxy table.");
    GaugeSnapshot.Builder gates = gauges("dot11s_gates", "Known gates.");
    GaugeSnapshot.Builder series =
        gauges(
            "dot11s_path_destinations",
            "Destinations with series of their own, those recently deleted included.");
    GaugeSnapshot.Builder limit =
        gauges(
            "dot11s_path_destinations_limit",
            "Most destinations with series of their own, the rest counts as \"other\".");
    CounterSnapshot.Builder unlisted =
        counters(
            "dot11s_path_destinations_dropped",
            "Destinations that got no series of their own because of the limit.");

    Map<Labels, DeviceSnapshot> devices = new LinkedHashMap<>();
    for (DeviceSnapshot device : look.get()) {
      Labels labels = labels(device);
      devices.put(labels, device);
      for (EventCount count : device.events()) {
        Labels caused = labels.merge(eventLabels.get(count.change(), count.cause()));
        switch (count.change().subject()) {
          case PATH -> events.dataPoint(counter(caused, count.count()));
          case DISCOVERY -> discoveries.dataPoint(counter(caused, count.count()));
          case PROXY -> proxyEvents.dataPoint(counter(caused, count.count()));
          case GATE, ROOT, HWMP, PEER, WALK -> {} // by what they are about, below
        }
      }
      gateEvents
          .dataPoint(event(labels, device, MeshPathChange.GATE_ADD))
          .dataPoint(event(labels, device, MeshPathChange.GATE_DELETE));
      rootEvents
          .dataPoint(event(labels, device, MeshPathChange.ROOT_ADD))
          .dataPoint(event(labels, device, MeshPathChange.ROOT_DELETE));
      results
          .dataPoint(result(labels, "resolved", device.events(MeshPathChange.DISCOVERY_ENDED)))
          .dataPoint(result(labels, "failed", device.events(MeshPathChange.DISCOVERY_FAILED)))
          .dataPoint(result(labels, "superseded", device.supersededDiscoveries()));
      retries.dataPoint(counter(labels, device.events(MeshPathChange.DISCOVERY_RETRIED)));
      for (IgnoredElements.Count count : device.ignored()) {
        rejected.dataPoint(
            counter(
                labels.add("element", count.element()).add("reason", count.reason()),
                count.count()));
      }
      for (PeerLinks.Count count : device.peerLinks()) {
        String peer = count.other() ? OTHER : MacAddress.toString(count.peer());
        peers.dataPoint(counter(labels.add("peer", peer).add("to", count.to()), count.count()));
      }
      reassigns.dataPoint(counter(labels, device.events(REASSIGN)));
      device
          .changesByClass()
          .forEach(
              (why, count) -> byClass.dataPoint(counter(labels.add("class", why.word()), count)));
      PathStates table = device.states();
      states
          .dataPoint(gauge(labels.add("state", "active"), table.active()))
          .dataPoint(gauge(labels.add("state", "fixed"), table.fixed()))
          .dataPoint(gauge(labels.add("state", "inactive"), table.inactive()))
          .dataPoint(gauge(labels.add("state", "resolving"), table.resolving()));
      tableLimit.dataPoint(gauge(labels, KERNEL_LIMIT));
      proxies.dataPoint(gauge(labels, device.proxies()));
      gates.dataPoint(gauge(labels, table.gates()));
      series.dataPoint(gauge(labels, device.paths().size()));
      limit.dataPoint(gauge(labels, destinationLimit));
      unlisted.dataPoint(counter(labels, device.unlisted()));
    }
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    Stream.of(
            events.build(),
            discoveries.build(),
            results.build(),
            retries.build(),
            proxyEvents.build(),
            gateEvents.build(),
            rootEvents.build(),
            rejected.build(),
            peers.build(),
            byClass.build(),
            reassigns.build(),
            states.build(),
            tableLimit.build(),
            proxies.build(),
            gates.build(),
            series.build(),
            limit.build(),
            unlisted.build())
        .forEach(all::metricSnapshot);
    destinations.collect(devices).forEach(all::metricSnapshot);
    kept.forEach(follower -> follower.collect().forEach(all::metricSnapshot));
    return all.build();
  }

  private static CounterSnapshot.Builder counters(String name, String help) {
    return CounterSnapshot.builder().name(name).help(help);
  }

  private static GaugeSnapshot.Builder gauges(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  private static CounterDataPointSnapshot event(
      Labels labels, DeviceSnapshot device, MeshPathChange change) {
    return counter(labels.add("event", change.word()), device.events(change));
  }

  private static CounterDataPointSnapshot result(Labels labels, String result, long count) {
    return counter(labels.add("result", result), count);
  }

  private Labels labels(DeviceSnapshot device) {
    return Labels.of(
        List.of(DeviceLabels.names(labelNetns)),
        DeviceLabels.of(labelNetns, device.device().name(), device.device().netns()));
  }

  private static CounterDataPointSnapshot counter(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }

  private static GaugeDataPointSnapshot gauge(Labels labels, long value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }
}
