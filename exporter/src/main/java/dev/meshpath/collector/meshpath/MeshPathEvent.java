package dev.meshpath.collector.meshpath;

import org.jspecify.annotations.Nullable;

/**
 * One change of the mesh path table, as the kernel made it.
 *
 * @param ktimeNs when, CLOCK_MONOTONIC in nanoseconds
 * @param cpu where
 * @param device on which device
 * @param destination of the path, see {@code net.MacAddress}
 * @param meshPath the entry's address in the kernel: its identity from add to delete; 0 if refused
 * @param change what happened
 * @param error of {@link MeshPathChange#ADD_FAILED}: errno(3), negative; else 0
 * @param before the entry before the change; null for add and add_failed
 * @param after the entry after the change; null for delete and add_failed
 */
public record MeshPathEvent(
    long ktimeNs,
    int cpu,
    Device device,
    long destination,
    long meshPath,
    MeshPathChange change,
    int error,
    @Nullable MeshPathState before,
    @Nullable MeshPathState after) {
  /**
   * The device as a record names it, without a string.
   *
   * @param netns inode number of its network namespace
   * @param ifindex unique within the namespace
   * @param nameLow bytes 0 to 7 of the name, little endian, zero-padded
   * @param nameHigh bytes 8 to 15
   * @param address its own MAC address
   */
  public record Device(int netns, int ifindex, long nameLow, long nameHigh, long address) {}
}
