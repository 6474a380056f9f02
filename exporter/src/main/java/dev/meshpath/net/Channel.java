package dev.meshpath.net;

import java.util.OptionalInt;

/** Channel numbers of IEEE 802.11. */
public final class Channel {
  private Channel() {}

  /**
   * The channel of a centre frequency, as net/wireless/util.c:ieee80211_freq_khz_to_channel has it
   * for the bands at 2.4, 5 and 6 GHz; numbers repeat from band to band.
   *
   * @param mhz the frequency
   * @return empty for one of no channel in these bands
   */
  public static OptionalInt of(int mhz) {
    if (mhz == 2484) {
      return OptionalInt.of(14);
    }
    if (mhz >= 2412 && mhz < 2484) {
      return OptionalInt.of((mhz - 2407) / 5);
    }
    if (mhz >= 4910 && mhz <= 4980) {
      return OptionalInt.of((mhz - 4000) / 5);
    }
    if (mhz == 5935) {
      return OptionalInt.of(2);
    }
    if (mhz > 5000 && mhz < 5925) {
      return OptionalInt.of((mhz - 5000) / 5);
    }
    if (mhz > 5950 && mhz <= 7115) {
      return OptionalInt.of((mhz - 5950) / 5);
    }
    return OptionalInt.empty();
  }
}
