package dev.meshpath.collector.meshpath;

import dev.meshpath.frame.MeshId;
import dev.meshpath.net.MacAddress;
import dev.meshpath.net.NetDevice;
import dev.meshpath.nl80211.MeshPathInfo;
import dev.meshpath.nl80211.Nl80211;
import dev.meshpath.nl80211.ProxyPathInfo;
import dev.meshpath.nl80211.WirelessInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tables as nl80211 dumps them, as the rows of a walk: the way to put the table right where the
 * walk itself does not fit into the ring. It tells neither roots nor gates, and lets the kernel
 * notice which paths have expired.
 */
final class TableDump {
  private static final long NS_PER_MS = 1_000_000;
  private static final MeshPathEvent.Device NO_DEVICE =
      new MeshPathEvent.Device(0, 0, 0, 0, MacAddress.NONE, MeshId.NONE);

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
  List<MeshPathEvent> read(int number, long nowNs) {
    List<MeshPathEvent> walk = new ArrayList<>();
    walk.add(row(MeshPathChange.WALK_BEGIN, number, nowNs, NO_DEVICE, MacAddress.NONE, null));
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
    walk.add(end(number, nowNs, walk.size() - 1));
    return walk;
  }

  private static MeshPathEvent end(int number, long nowNs, int rows) {
    return new MeshPathEvent(
        nowNs,
        0,
        NO_DEVICE,
        MacAddress.NONE,
        0,
        MeshPathChange.WALK_END,
        rows,
        number,
        null,
        null,
        Cause.of(PathCause.UNKNOWN));
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
      @Nullable MeshPathState state) {
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
