package dev.meshpath.collector.meshpath;

import dev.meshpath.frame.MeshId;
import dev.meshpath.net.NetDevice;
import dev.meshpath.nl80211.MeshPathInfo;
import dev.meshpath.nl80211.NetlinkException;
import dev.meshpath.nl80211.Nl80211;
import dev.meshpath.nl80211.WirelessInterface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The path tables as nl80211 dumps them, for kernels that let nothing attach: the paths of this
 * moment, no event, no cause. A dump lets the kernel notice which paths have expired
 * (net/mac80211/mesh_pathtbl.c:__mesh_path_lookup_by_idx), so this is not used beside the programs.
 */
final class PolledPaths {
  private final Supplier<Nl80211> connector;
  private final int netns;
  private final int destinationLimit;

  /**
   * @param connector opens a connection to nl80211, or throws a Failure
   * @param netns inode number of this network namespace, the only one that can be asked
   * @param destinationLimit destinations with series of their own, a device
   */
  PolledPaths(Supplier<Nl80211> connector, int netns, int destinationLimit) {
    this.connector = connector;
    this.netns = netns;
    this.destinationLimit = destinationLimit;
  }

  /**
   * Asks the kernel.
   *
   * @throws dev.meshpath.failure.Failure if it does not answer
   */
  List<DeviceSnapshot> look() {
    try (Nl80211 nl80211 = connector.get()) {
      return nl80211.interfaces().stream()
          .filter(WirelessInterface::isMeshPoint)
          .map(device -> look(nl80211, device))
          .flatMap(Optional::stream)
          .sorted(Comparator.comparing(snapshot -> snapshot.device().name()))
          .toList();
    }
  }

  private Optional<DeviceSnapshot> look(Nl80211 nl80211, WirelessInterface device) {
    try {
      List<MeshPathInfo> paths = nl80211.meshPaths(device.ifindex());
      long proxies = nl80211.proxyPaths(device.ifindex()).size();
      return Optional.of(snapshot(device, paths, proxies));
    } catch (NetlinkException e) {
      if (e.errno() == NetlinkException.NO_DEVICE) {
        return Optional.empty(); // gone since it was listed
      }
      throw e;
    }
  }

  private DeviceSnapshot snapshot(
      WirelessInterface device, List<MeshPathInfo> paths, long proxies) {
    PathStates states = new PathStates();
    List<PathSnapshot> rows = new ArrayList<>();
    for (MeshPathInfo path : paths) {
      states.count(path.isFixed(), path.isActive(), path.isResolving());
      if (rows.size() < destinationLimit) {
        rows.add(
            new PathSnapshot(
                path.destination(),
                true,
                path.isActive(),
                path.nextHop(),
                path.airtimeMetric(),
                path.hopCount(),
                false,
                false,
                0,
                0,
                0,
                false,
                new PathLife(path.isFixed(), path.isResolving(), 0, 0, null, null)));
      }
    }
    rows.sort(Comparator.comparingLong(PathSnapshot::destination));
    return new DeviceSnapshot(
        new NetDevice(netns, device.ifindex(), device.name(), device.address()),
        MeshId.NONE,
        List.of(),
        rows,
        states,
        proxies,
        0,
        List.of(),
        List.of(),
        Map.of(),
        0,
        0,
        paths.size() - rows.size());
  }
}
