package dev.meshpath.nl80211;

import java.util.OptionalInt;

/**
 * A wireless network device. Which mesh it joined the kernel does not tell here: the name of the
 * network is in the message for other types only (net/wireless/nl80211.c:nl80211_send_iface).
 *
 * @param ifindex unique within its network namespace
 * @param name as {@code mesh0}
 * @param type {@code enum nl80211_iftype} of nl80211.h
 * @param address its MAC address, see {@code MacAddress}
 * @param wiphyIndex of its radio, as the 0 of {@code phy0}
 * @param frequencyMhz the centre of its primary channel, if it has one
 * @param generation of the list of interfaces
 */
public record WirelessInterface(
    int ifindex,
    String name,
    int type,
    long address,
    int wiphyIndex,
    OptionalInt frequencyMhz,
    long generation) {
  private static final int MESH_POINT = 7;

  /** Whether it is one of a mesh, joined or not. */
  public boolean isMeshPoint() {
    return type == MESH_POINT;
  }
}
