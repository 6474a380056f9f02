package dev.meshpath.net;

/**
 * A network device.
 *
 * @param netns inode number of its network namespace, as of {@code /proc/self/ns/net}
 * @param ifindex unique within the namespace
 * @param name as {@code mesh0}, up to 15 bytes
 * @param address its MAC address, see {@link MacAddress}
 */
public record NetDevice(int netns, int ifindex, String name, long address) {}
