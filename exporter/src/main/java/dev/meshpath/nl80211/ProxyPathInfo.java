package dev.meshpath.nl80211;

/**
 * An entry of the proxy table: a station outside of the mesh, and who stands for it.
 *
 * @param destination the MAC address outside, see {@code MacAddress}
 * @param proxy the MAC address of the mesh station that forwards to it
 * @param generation of the table: an entry came or went when it moves
 */
public record ProxyPathInfo(long destination, long proxy, long generation) {}
