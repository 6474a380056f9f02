package dev.meshpath.nl80211;

/** A kernel whose wireless devices are none of a mesh. */
public final class Meshless {
  private Meshless() {}

  /** With a station's device only. */
  public static FakeKernel kernel() {
    return new FakeKernel()
        .dump("NL80211_CMD_GET_INTERFACE", KernelMessages.sendIface(9, "wlan0", 2));
  }
}
