package dev.meshpath.collector.meshpath;

import dev.meshpath.net.NetDevice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The mesh path tables of all watched devices as the events built them, with the counters of what
 * happened. Bounded, whatever happens in the air: so many destinations with series of their own a
 * device, the kernel's own limit of entries, so many devices.
 *
 * <p>Not thread-safe: guarded by the lock of the ring that feeds it.
 */
public final class MeshPathTable {
  /** More than any host has; a bound for hosts that make and remove devices all day. */
  private static final int DEVICE_LIMIT = 64;

  private final int destinationLimit;
  private final long retentionNs;
  private final List<DevicePaths> devices = new ArrayList<>();

  /** The device of the former event, which mostly is that of the next. */
  private int last;

  /**
   * @param destinationLimit destinations with series of their own, a device
   * @param retentionNs how long counters of a destination stay after its entry is gone
   */
  public MeshPathTable(int destinationLimit, long retentionNs) {
    this.destinationLimit = destinationLimit;
    this.retentionNs = retentionNs;
  }

  /** Follows one event. */
  public void apply(MeshPathEvent event) {
    device(event.device(), event.ktimeNs()).apply(event);
  }

  /**
   * The state after all events so far.
   *
   * @param nowNs CLOCK_MONOTONIC, for the retention
   */
  public List<DeviceSnapshot> snapshot(long nowNs) {
    List<DeviceSnapshot> snapshots = new ArrayList<>(devices.size());
    for (DevicePaths paths : devices) {
      paths.forget(nowNs);
      snapshots.add(paths.snapshot());
    }
    snapshots.sort(
        Comparator.comparing((DeviceSnapshot snapshot) -> snapshot.device().name())
            .thenComparingInt(snapshot -> snapshot.device().netns()));
    return snapshots;
  }

  private DevicePaths device(MeshPathEvent.Device device, long nowNs) {
    if (last < devices.size() && devices.get(last).is(device)) {
      return named(devices.get(last), device);
    }
    for (last = 0; last < devices.size(); last++) {
      if (devices.get(last).is(device)) {
        return named(devices.get(last), device);
      }
    }
    // A driver that was loaded again brings back mesh0 with another ifindex: one series, not two.
    for (last = 0; last < devices.size(); last++) {
      if (devices.get(last).isNamed(device)) {
        devices.get(last).replaceDevice(device, nowNs);
        return devices.get(last);
      }
    }
    if (devices.size() == DEVICE_LIMIT) {
      devices.remove(mostForgettable());
    }
    devices.add(new DevicePaths(device, destinationLimit, retentionNs));
    last = devices.size() - 1;
    return devices.get(last);
  }

  private DevicePaths named(DevicePaths found, MeshPathEvent.Device device) {
    if (!found.isNamed(device)) {
      // names are unique in a namespace: who had this one before is gone
      devices.removeIf(other -> other.isNamed(device));
      found.rename(device);
      last = devices.indexOf(found);
    }
    return found;
  }

  private DevicePaths mostForgettable() {
    return devices.stream()
        .min(
            Comparator.comparing(DevicePaths::hasLivePaths)
                .thenComparingLong(DevicePaths::lastEventNs))
        .orElseThrow();
  }

  /**
   * A device and its paths.
   *
   * @param device which one
   * @param events how many of each change
   * @param paths the listed destinations, those that are gone but retained included, sorted
   * @param otherChanges next hop changes of destinations that were not listed
   * @param unlisted how many destinations found no room among the listed
   */
  public record DeviceSnapshot(
      NetDevice device,
      Map<MeshPathChange, Long> events,
      List<PathSnapshot> paths,
      long otherChanges,
      long unlisted) {}

  /**
   * A listed destination.
   *
   * @param destination its address
   * @param alive whether the entry exists
   * @param nextHop or {@code MacAddress.NONE}
   * @param airtimeMetric in 0.01 TU
   * @param hopCount 1 for a neighbour
   * @param changes next hop changes since it was listed
   */
  public record PathSnapshot(
      long destination,
      boolean alive,
      long nextHop,
      long airtimeMetric,
      int hopCount,
      long changes) {}
}
