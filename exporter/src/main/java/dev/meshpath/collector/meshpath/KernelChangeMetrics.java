package dev.meshpath.collector.meshpath;

import dev.meshpath.net.MacAddress;
import dev.meshpath.nl80211.MeshPathInfo;
import dev.meshpath.nl80211.NetlinkException;
import dev.meshpath.nl80211.Nl80211;
import dev.meshpath.nl80211.WirelessInterface;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The kernel's own count of next hop changes, beside ours: what operators know from {@code iw dev
 * mesh0 mpath dump}. It begins anew with each entry, counts the first next hop, too, and nothing of
 * fixed paths (net/mac80211/mesh_hwmp.c:hwmp_route_info_get).
 *
 * <p>To ask for it lets the kernel notice which paths have expired
 * (net/mac80211/mesh_pathtbl.c:__mesh_path_lookup_by_idx). So it is asked only where somebody wants
 * it.
 */
public final class KernelChangeMetrics implements MultiCollector {
  private final Supplier<Nl80211> connector;
  private final OptionalInt netns;
  private final int destinationLimit;

  /**
   * @param connector opens a connection to nl80211, or throws a Failure
   * @param netns the value of the label {@code netns}, which tells devices of several namespaces
   *     apart; empty: there is no such label
   * @param destinationLimit destinations with series of their own, a device
   */
  public KernelChangeMetrics(Supplier<Nl80211> connector, OptionalInt netns, int destinationLimit) {
    this.connector = connector;
    this.netns = netns;
    this.destinationLimit = destinationLimit;
  }

  @Override
  public MetricSnapshots collect() {
    GaugeSnapshot.Builder changes =
        GaugeSnapshot.builder()
            .name("dot11s_kernel_path_changes")
            .help(
                "Next hop changes of a path by the kernel's own count, which ends with the path.");
    try (Nl80211 nl80211 = connector.get()) {
      for (WirelessInterface device : nl80211.interfaces()) {
        if (device.isMeshPoint()) {
          add(changes, device, paths(nl80211, device));
        }
      }
    }
    return new MetricSnapshots(changes.build());
  }

  private void add(
      GaugeSnapshot.Builder changes, WirelessInterface device, List<MeshPathInfo> paths) {
    Labels labels =
        Labels.of(
            List.of(DeviceLabels.names(netns.isPresent())),
            DeviceLabels.of(netns.isPresent(), device.name(), netns.orElse(0)));
    paths.stream()
        .sorted(Comparator.comparingLong(MeshPathInfo::destination))
        .limit(destinationLimit)
        .map(
            path ->
                GaugeDataPointSnapshot.builder()
                    .labels(labels.add("destination", MacAddress.toString(path.destination())))
                    .value((double) path.pathChangeCount())
                    .build())
        .forEach(changes::dataPoint);
  }

  private static List<MeshPathInfo> paths(Nl80211 nl80211, WirelessInterface device) {
    try {
      return nl80211.meshPaths(device.ifindex());
    } catch (NetlinkException e) {
      if (e.errno() == NetlinkException.NO_DEVICE) {
        return List.of(); // gone since it was listed
      }
      throw e;
    }
  }
}
