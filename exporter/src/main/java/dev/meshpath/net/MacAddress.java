package dev.meshpath.net;

/**
 * MAC addresses as numbers: the first octet in bits 47 to 40, the last in bits 7 to 0, so that hot
 * code carries a {@code long} and nobody makes a string before someone reads it.
 */
public final class MacAddress {
  /** No address: what an absent next hop is. */
  public static final long NONE = 0;

  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final char[] UPPER_HEX = "0123456789ABCDEF".toCharArray();
  private static final int OCTETS = 6;

  private MacAddress() {}

  /**
   * The address in a {@code struct mac_slot} (bpf/include/record.h).
   *
   * @param slot the eight bytes as a little-endian number
   */
  public static long fromSlot(long slot) {
    return Long.reverseBytes(slot) >>> 16;
  }

  /** The inverse of {@link #fromSlot}. */
  public static long toSlot(long address) {
    return Long.reverseBytes(address << 16);
  }

  /** As {@code 02:00:00:00:01:00}: in metrics, logs and texts. */
  public static String toString(long address) {
    return format(address, HEX, ':');
  }

  /** As {@code 02-00-00-00-01-0A}: in attributes of OpenTelemetry, whose conventions want it so. */
  public static String toAttribute(long address) {
    return format(address, UPPER_HEX, '-');
  }

  private static String format(long address, char[] digits, char between) {
    char[] text = new char[3 * OCTETS - 1];
    for (int octet = 0; octet < OCTETS; octet++) {
      int value = (int) (address >>> (8 * (OCTETS - 1 - octet))) & 0xff;
      if (octet > 0) {
        text[3 * octet - 1] = between;
      }
      text[3 * octet] = digits[value >>> 4];
      text[3 * octet + 1] = digits[value & 0xf];
    }
    return new String(text);
  }

  /**
   * Reads {@code 02:00:00:00:01:00}.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static long parse(String text) {
    if (!text.matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")) {
      throw new IllegalArgumentException("'" + text + "' is no MAC address as 02:00:00:00:01:00");
    }
    return Long.parseLong(text.replace(":", ""), 16);
  }
}
