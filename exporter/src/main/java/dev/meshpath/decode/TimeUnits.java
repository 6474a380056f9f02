package dev.meshpath.decode;

import java.math.BigDecimal;

/** The time units of 802.11: 1024 us each. */
final class TimeUnits {
  private static final BigDecimal SECONDS = new BigDecimal("0.001024");

  private TimeUnits() {}

  /**
   * Exactly as many seconds, without zeros at the end.
   *
   * @param timeUnits unsigned
   */
  static String seconds(int timeUnits) {
    return SECONDS
        .multiply(BigDecimal.valueOf(Integer.toUnsignedLong(timeUnits)))
        .stripTrailingZeros()
        .toPlainString();
  }
}
