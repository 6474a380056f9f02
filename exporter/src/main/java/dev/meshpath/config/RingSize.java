package dev.meshpath.config;

/**
 * Size of a ring.
 *
 * @param bytes a power of two from 64 KiB to 1 GiB, which is a multiple of any page size
 */
public record RingSize(int bytes) {
  private static final int SMALLEST = 1 << 16;
  private static final int LARGEST = 1 << 30;

  /**
   * Reads a number of bytes.
   *
   * @throws IllegalArgumentException with a sentence if it is none that a ring can have
   */
  public static RingSize parse(String text) {
    try {
      int bytes = Integer.parseInt(text);
      if (bytes >= SMALLEST && bytes <= LARGEST && Integer.bitCount(bytes) == 1) {
        return new RingSize(bytes);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no ring size: write a power of two from 65536 to 1073741824 bytes");
  }
}
