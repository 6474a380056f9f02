package dev.meshpath.collector.peerlink;

import dev.meshpath.net.Channel;
import dev.meshpath.net.MacAddress;
import dev.meshpath.nl80211.PeerLinkState;
import dev.meshpath.nl80211.StationInfo;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Peer links as Prometheus series. What the driver does not tell of a peer is no sample.
 *
 * <pre>
 * dot11s_peers{device="mesh0",state="estab"} 1.0
 * dot11s_peer_signal_dbm{device="mesh0",peer="02:00:00:00:01:00"} -30.0
 * </pre>
 */
public final class PeerLinkMetrics implements MultiCollector {
  private static final double MS_PER_SECOND = 1e3;
  private static final double US_PER_SECOND = 1e6;

  private record PeerGauge(GaugeSnapshot.Builder series, Function<StationInfo, OptionalDouble> of) {
    PeerGauge(String name, String help, Function<StationInfo, OptionalDouble> of) {
      this(GaugeSnapshot.builder().name(name).help(help), of);
    }
  }

  private record PeerCounter(
      CounterSnapshot.Builder series, Function<StationInfo, OptionalLong> of) {
    PeerCounter(String name, String help, Function<StationInfo, OptionalLong> of) {
      this(CounterSnapshot.builder().name(name).help(help), of);
    }
  }

  private final Supplier<List<MeshDevice>> look;
  private final OptionalInt netns;
  private final int peerLimit;
  private final IntFunction<String> meshIdHash;

  /**
   * @param look the mesh points of this moment
   * @param netns inode number of their network namespace, where series have a label for it
   * @param peerLimit peers with series of their own, a device
   * @param meshIdHash of the mesh that a device is in, by its ifindex; empty: none, or not known
   */
  public PeerLinkMetrics(
      Supplier<List<MeshDevice>> look,
      OptionalInt netns,
      int peerLimit,
      IntFunction<String> meshIdHash) {
    this.look = look;
    this.netns = netns;
    this.peerLimit = peerLimit;
    this.meshIdHash = meshIdHash;
  }

  @Override
  public MetricSnapshots collect() {
    InfoSnapshot.Builder info =
        InfoSnapshot.builder()
            .name("dot11s_interface")
            .help(
                "Address and driver of a device, its channel and the hash of its mesh id, none while"
                    + " it has not joined, and its mesh parameters mesh_hwmp_rootmode and"
                    + " mesh_fwding.");
    GaugeSnapshot.Builder states =
        GaugeSnapshot.builder()
            .name("dot11s_peers")
            .help("Peers and candidate peers, by the state of the peer link.");
    GaugeSnapshot.Builder limit =
        GaugeSnapshot.builder()
            .name("dot11s_peers_limit")
            .help("Most peers with series of their own, established ones first.");
    GaugeSnapshot.Builder unlisted =
        GaugeSnapshot.builder()
            .name("dot11s_peers_unlisted")
            .help("Peers that have no series of their own because of the limit.");
    List<PeerGauge> gauges = gauges();
    List<PeerCounter> counters = counters();

    for (MeshDevice mesh : look.get()) {
      Labels labels = labels(mesh);
      info.dataPoint(InfoDataPointSnapshot.builder().labels(infoLabels(labels, mesh)).build());
      PeerList peers = PeerList.of(mesh.peers(), peerLimit);
      for (PeerLinkState state : PeerLinkState.values()) {
        states.dataPoint(gauge(labels.add("state", state.word()), peers.count(state)));
      }
      limit.dataPoint(gauge(labels, peerLimit));
      unlisted.dataPoint(gauge(labels, peers.unlisted()));
      for (StationInfo peer : peers.listed()) {
        Labels peerLabels = labels.add("peer", MacAddress.toString(peer.address()));
        for (PeerGauge metric : gauges) {
          metric
              .of()
              .apply(peer)
              .ifPresent(value -> metric.series().dataPoint(gauge(peerLabels, value)));
        }
        for (PeerCounter metric : counters) {
          metric
              .of()
              .apply(peer)
              .ifPresent(value -> metric.series().dataPoint(counter(peerLabels, value)));
        }
      }
    }
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(info.build());
    all.add(states.build());
    all.add(limit.build());
    all.add(unlisted.build());
    gauges.forEach(metric -> all.add(metric.series().build()));
    counters.forEach(metric -> all.add(metric.series().build()));
    return new MetricSnapshots(all);
  }

  private static List<PeerGauge> gauges() {
    return List.of(
        new PeerGauge(
            "dot11s_peer_metric",
            "Airtime metric of the link to a peer in units of 0.01 TU.",
            peer -> scaled(peer.airtimeMetric(), 1)),
        new PeerGauge(
            "dot11s_peer_signal_dbm",
            "Signal of the last frame from a peer.",
            peer ->
                peer.signalDbm().isPresent()
                    ? OptionalDouble.of(peer.signalDbm().getAsInt())
                    : OptionalDouble.empty()),
        new PeerGauge(
            "dot11s_peer_receive_bits_per_second",
            "Rate of the last frame from a peer.",
            peer -> scaled(peer.receiveBitsPerSecond(), 1)),
        new PeerGauge(
            "dot11s_peer_transmit_bits_per_second",
            "Rate of the last frame to a peer.",
            peer -> scaled(peer.transmitBitsPerSecond(), 1)),
        new PeerGauge(
            "dot11s_peer_inactive_seconds",
            "Time since the last frame from a peer.",
            peer -> scaled(peer.inactiveMs(), MS_PER_SECOND)),
        new PeerGauge(
            "dot11s_peer_time_offset_seconds",
            "TSF timer of a peer minus our own, as mesh synchronisation measured it.",
            peer -> scaled(peer.timeOffsetUs(), US_PER_SECOND)));
  }

  private static List<PeerCounter> counters() {
    return List.of(
        new PeerCounter(
            "dot11s_peer_transmit_packets",
            "Frames to a peer since it was added.",
            StationInfo::transmitPackets),
        new PeerCounter(
            "dot11s_peer_transmit_retries",
            "Repeated transmissions to a peer since it was added.",
            StationInfo::transmitRetries),
        new PeerCounter(
            "dot11s_peer_transmit_failed",
            "Frames that a peer never acknowledged since it was added.",
            StationInfo::transmitFailed));
  }

  private Labels labels(MeshDevice mesh) {
    Labels name = Labels.of("device", mesh.device().name());
    return netns.isPresent() ? name.add("netns", Integer.toUnsignedString(netns.getAsInt())) : name;
  }

  private Labels infoLabels(Labels labels, MeshDevice mesh) {
    OptionalInt mhz = mesh.device().frequencyMhz();
    OptionalInt channel = mhz.isPresent() ? Channel.of(mhz.getAsInt()) : mhz;
    return labels
        .add("address", MacAddress.toString(mesh.device().address()))
        .add("driver", mesh.driver())
        .add("mesh_id_hash", meshIdHash.apply(mesh.device().ifindex()))
        .add("channel", channel.isPresent() ? Integer.toString(channel.getAsInt()) : "")
        .add("root_mode", Integer.toString(mesh.config().root().mode()))
        .add("fwding", mesh.config().forwarding() ? "1" : "0");
  }

  private static OptionalDouble scaled(OptionalLong number, double divisor) {
    return number.isPresent()
        ? OptionalDouble.of(number.getAsLong() / divisor)
        : OptionalDouble.empty();
  }

  private static CounterDataPointSnapshot counter(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }

  private static GaugeDataPointSnapshot gauge(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
