package dev.meshpath.collector.meshpath;

import dev.meshpath.frame.MeshId;
import dev.meshpath.net.NetDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One event of the mesh path table, as the kernel made it.
 *
 * @param ktimeNs when, CLOCK_MONOTONIC in nanoseconds
 * @param cpu where
 * @param device on which device
 * @param destination of the path, see {@code net.MacAddress}
 * @param meshPath the entry's address in the kernel: its identity from add to delete; 0 if refused
 * @param change what happened
 * @param error of {@link MeshPathChange#ADD_FAILED}: errno(3), negative; of {@link
 *     MeshPathChange#WALK_END}: how many entries the walk sent; else 0
 * @param detail of {@link MeshPathChange#HWMP_IGNORED} the reason, of {@link
 *     MeshPathChange#PEER_STATE} the states and the reason code, of a walk its number; else 0
 * @param before the entry before the change; null for add and add_failed
 * @param after the entry after the change; null for delete and add_failed
 * @param cause what did it
 */
public record MeshPathEvent(
    long ktimeNs,
    int cpu,
    Device device,
    long destination,
    long meshPath,
    MeshPathChange change,
    int error,
    int detail,
    @Nullable MeshPathState before,
    @Nullable MeshPathState after,
    Cause cause) {
  /**
   * The device as a record names it, without a string.
   *
   * @param netns inode number of its network namespace
   * @param ifindex unique within the namespace
   * @param nameLow bytes 0 to 7 of the name, little endian, zero-padded
   * @param nameHigh bytes 8 to 15
   * @param address its own MAC address
   * @param meshId of the mesh that it is in, or was in last
   */
  public record Device(
      int netns, int ifindex, long nameLow, long nameHigh, long address, MeshId meshId) {
    private static final int NAME_BYTES = 2 * Long.BYTES;

    /** The same device, as a record would name it, of an unknown mesh. */
    static Device of(NetDevice device) {
      return of(device, MeshId.NONE);
    }

    /** The same device, as a record would name it. */
    public static Device of(NetDevice device, MeshId meshId) {
      byte[] name = Arrays.copyOf(device.name().getBytes(StandardCharsets.UTF_8), NAME_BYTES);
      ByteBuffer words = ByteBuffer.wrap(name).order(ByteOrder.LITTLE_ENDIAN);
      return new Device(
          device.netns(),
          device.ifindex(),
          words.getLong(),
          words.getLong(),
          device.address(),
          meshId);
    }

    /** The same device, readable. */
    NetDevice toNetDevice() {
      return new NetDevice(netns, ifindex, deviceName(), address);
    }

    /** Its name, as {@code mesh0}. */
    public String deviceName() {
      return KernelName.of(nameLow, nameHigh);
    }
  }

  /** Of {@link MeshPathChange#PEER_STATE}: the state that was reached, in nl80211's word. */
  public String peerState() {
    return PeerLinks.stateReached(detail);
  }

  /** Of {@link MeshPathChange#PEER_STATE}: the reason code of the last close, 0 if none. */
  public int peerReasonCode() {
    return detail >>> 16;
  }
}
