package dev.meshpath.collector.meshpath;

import dev.meshpath.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** Events as the kernel would send them, for tests. */
public final class Events {
  /** The device {@code mesh0} of network namespace 1. */
  public static final MeshPathEvent.Device MESH0 = device(1, 7, "mesh0");

  private Events() {}

  /** A device with a name of at most eight characters. */
  public static MeshPathEvent.Device device(int netns, int ifindex, String name) {
    long nameLow = 0;
    for (int i = name.length() - 1; i >= 0; i--) {
      nameLow = nameLow << 8 | name.charAt(i);
    }
    return new MeshPathEvent.Device(netns, ifindex, nameLow, 0, 0x0200_0000_0000L);
  }

  /** Station number {@code n}. */
  public static long station(int n) {
    return 0x0200_0000_0000L | (long) n << 8;
  }

  /** A new entry, which has no next hop. */
  public static MeshPathEvent add(MeshPathEvent.Device device, long destination, long ktimeNs) {
    return event(
        device,
        destination,
        ktimeNs,
        MeshPathChange.ADD,
        null,
        new MeshPathState(MacAddress.NONE, 0, 0, 0, 0, 0));
  }

  /** A next hop: {@code change} is one of assign, change, reassign. */
  public static MeshPathEvent nextHop(
      MeshPathEvent.Device device,
      long destination,
      long ktimeNs,
      MeshPathChange change,
      long nextHop,
      int airtimeMetric,
      int hopCount) {
    MeshPathState before = new MeshPathState(MacAddress.NONE, 0, 0, 0, 0, 0);
    MeshPathState after = new MeshPathState(nextHop, 0, 1, airtimeMetric, 0x15, hopCount);
    return event(device, destination, ktimeNs, change, before, after);
  }

  /** The end of an entry. */
  public static MeshPathEvent delete(MeshPathEvent.Device device, long destination, long ktimeNs) {
    return event(
        device,
        destination,
        ktimeNs,
        MeshPathChange.DELETE,
        new MeshPathState(station(1), 0, 1, 8193, 0x40, 1),
        null);
  }

  /** A refusal. */
  public static MeshPathEvent refusal(MeshPathEvent.Device device, long destination, int error) {
    return new MeshPathEvent(
        1, 0, device, destination, 0, MeshPathChange.ADD_FAILED, error, null, null);
  }

  private static MeshPathEvent event(
      MeshPathEvent.Device device,
      long destination,
      long ktimeNs,
      MeshPathChange change,
      @Nullable MeshPathState before,
      @Nullable MeshPathState after) {
    return new MeshPathEvent(
        ktimeNs, 0, device, destination, 0x1000 + destination, change, 0, before, after);
  }
}
