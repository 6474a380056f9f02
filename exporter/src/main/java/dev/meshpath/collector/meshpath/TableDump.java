package dev.meshpath.collector.meshpath;

import dev.meshpath.net.NetDevice;
import dev.meshpath.nl80211.MeshPathInfo;
import dev.meshpath.nl80211.Nl80211;
import dev.meshpath.nl80211.ProxyPathInfo;
import dev.meshpath.nl80211.WirelessInterface;
import java.util.function.Supplier;

/**
 * The tables as nl80211 dumps them, in the form of a walk: the way to put the table right where the
 * walk itself does not fit into the ring. It tells neither roots nor gates, and lets the kernel
 * notice which paths have expired.
 */
final class TableDump {
  private static final long NS_PER_MS = 1_000_000;

  private final Supplier<Nl80211> connector;
  private final int netns;

  /**
   * @param connector opens a connection to nl80211, or throws a Failure
   * @param netns inode number of this network namespace, the only one that can be asked
   */
  TableDump(Supplier<Nl80211> connector, int netns) {
    this.connector = connector;
    this.netns = netns;
  }

  /**
   * Asks the kernel.
   *
   * @param number of the walk that it stands for
   * @param nowNs CLOCK_MONOTONIC
   * @throws dev.meshpath.failure.Failure if it does not answer
   */
  TableWalk read(int number, long nowNs) {
    TableWalk walk = new TableWalk(number, nowNs);
    try (Nl80211 nl80211 = connector.get()) {
      for (WirelessInterface device : nl80211.interfaces()) {
        if (device.isMeshPoint()) {
          MeshPathEvent.Device identity =
              MeshPathEvent.Device.of(
                  new NetDevice(netns, device.ifindex(), device.name(), device.address()));
          for (MeshPathInfo path : nl80211.meshPaths(device.ifindex())) {
            walk.add(
                row(
                    MeshPathChange.WALK_PATH,
                    number,
                    nowNs,
                    identity,
                    path.destination(),
                    state(path, nowNs)));
          }
          for (ProxyPathInfo proxy : nl80211.proxyPaths(device.ifindex())) {
            walk.add(
                row(
                    MeshPathChange.WALK_PROXY,
                    number,
                    nowNs,
                    identity,
                    proxy.destination(),
                    new MeshPathState(proxy.proxy(), 0, 0, 0, 0, 0, false, false)));
          }
        }
      }
    }
    return walk;
  }

  private static MeshPathState state(MeshPathInfo path, long nowNs) {
    return new MeshPathState(
        path.nextHop(),
        path.isFixed() ? 0 : nowNs + path.expiryMs() * NS_PER_MS,
        (int) path.sequenceNumber(),
        (int) path.airtimeMetric(),
        path.flags(),
        path.hopCount(),
        false,
        false);
  }

  private static MeshPathEvent row(
      MeshPathChange change,
      int number,
      long nowNs,
      MeshPathEvent.Device device,
      long destination,
      MeshPathState state) {
    return new MeshPathEvent(
        nowNs,
        0,
        device,
        destination,
        0,
        change,
        0,
        number,
        null,
        state,
        Cause.of(PathCause.UNKNOWN));
  }
}
