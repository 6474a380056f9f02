package dev.meshpath.frame;

import dev.meshpath.net.MacAddress;

/**
 * Reads little-endian fields one behind the other. Beyond the end every field is 0 and is not
 * counted, so that a decoder reads straight on and says afterwards how many fields there were.
 */
final class Cursor {
  private static final int MAC_BYTES = 6;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int fields;

  /**
   * @param bytes the array that {@code at} and {@code end} lie in
   * @param at where to begin
   * @param end the first byte that may not be read
   */
  Cursor(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = Math.min(end, bytes.length);
  }

  int u8() {
    return (int) read(Byte.BYTES);
  }

  int u16() {
    return (int) read(Short.BYTES);
  }

  int u32() {
    return (int) read(Integer.BYTES);
  }

  /** The next byte, which stays the next; 0 beyond the end. */
  int peek() {
    return at < end ? Byte.toUnsignedInt(bytes[at]) : 0;
  }

  /** See {@link MacAddress}. */
  long mac() {
    // the octets of an address stand in the order in which they are written
    return Long.reverseBytes(read(MAC_BYTES)) >>> 16;
  }

  /** How many fields were there. */
  int fields() {
    return fields;
  }

  /** Where the next field begins. */
  int at() {
    return at;
  }

  int left() {
    return end - at;
  }

  private long read(int width) {
    if (end - at < width) {
      at = end;
      return 0;
    }
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(bytes[at + i]);
    }
    at += width;
    fields++;
    return value;
  }
}
