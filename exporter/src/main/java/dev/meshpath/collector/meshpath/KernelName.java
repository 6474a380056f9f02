package dev.meshpath.collector.meshpath;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Names of 16 bytes as the kernel keeps them, zero-padded, in two little-endian words. */
final class KernelName {
  private static final int BYTES = 2 * Long.BYTES;

  private KernelName() {}

  static String of(long low, long high) {
    byte[] name = new byte[BYTES];
    ByteBuffer.wrap(name).order(ByteOrder.LITTLE_ENDIAN).putLong(low).putLong(high);
    String text = new String(name, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
