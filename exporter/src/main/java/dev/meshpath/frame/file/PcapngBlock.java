package dev.meshpath.frame.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block of a file that {@link PcapngWriter} made: little endian, times in nanoseconds.
 *
 * @param bytes all of it, from its type to its second length
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record PcapngBlock(byte[] bytes) {
  /** The type of the block that begins a section; the same in both byte orders. */
  static final int SECTION = 0x0a0d0d0a;

  static final int INTERFACE = 1;
  static final int PACKET = 6;

  static final int BYTE_ORDER = 0x1a2b3c4d;

  static final int OPTION_COMMENT = 1;

  /** Type and length before the body, length behind it. */
  static final int FRAME_BYTES = 12;

  /** Interface, time, lengths. */
  static final int PACKET_BYTES = 20;

  private static final int BODY = 8;

  /**
   * The next block; null at the end of the file, or where it breaks off within a block.
   *
   * @throws CaptureException if what comes is no block
   */
  public static @Nullable PcapngBlock read(InputStream in) throws IOException, CaptureException {
    byte[] start = in.readNBytes(BODY);
    if (start.length < BODY) {
      return null;
    }
    int length = little(start).getInt(4);
    if (length < FRAME_BYTES || length > CaptureInput.MAX_BYTES || length % Integer.BYTES != 0) {
      throw new CaptureException(
          "is damaged: a block of " + Integer.toUnsignedString(length) + " bytes");
    }
    byte[] rest = in.readNBytes(length - BODY);
    if (rest.length < length - BODY) {
      return null;
    }
    byte[] bytes = Arrays.copyOf(start, length);
    System.arraycopy(rest, 0, bytes, BODY, rest.length);
    if (little(bytes).getInt(length - Integer.BYTES) != length) {
      throw new CaptureException("is damaged: a block with two lengths");
    }
    return new PcapngBlock(bytes);
  }

  /** As {@link #read}; what is damaged is the end, too: a crash of the machine leaves zeros. */
  public static @Nullable PcapngBlock readUndamaged(InputStream in) throws IOException {
    try {
      return read(in);
    } catch (CaptureException e) {
      return null;
    }
  }

  /** Whether it holds a frame; else it says how those that follow are to be read. */
  public boolean isPacket() {
    return type() == PACKET;
  }

  /** Of a packet: when it was captured, in nanoseconds since 1970 (UTC). */
  public long epochNs() {
    ByteBuffer block = little(bytes);
    return Integer.toUnsignedLong(block.getInt(BODY + 4)) << Integer.SIZE
        | Integer.toUnsignedLong(block.getInt(BODY + 8));
  }

  /** Of a packet: its comments. */
  public List<String> comments() {
    int kept = little(bytes).getInt(BODY + 12);
    return texts(BODY + PACKET_BYTES + padded(kept), OPTION_COMMENT);
  }

  int type() {
    return little(bytes).getInt(0);
  }

  /** Whether it begins a section that a program of this name wrote, whichever version. */
  boolean isSectionOf(String program) {
    return type() == SECTION
        && little(bytes).getInt(BODY) == BYTE_ORDER
        && texts(BODY + PcapngWriter.SECTION_BYTES, PcapngWriter.OPTION_PROGRAM).stream()
            .anyMatch(text -> text.startsWith(program));
  }

  /** The values of the options with this code, from {@code first} on. */
  private List<String> texts(int first, int code) {
    List<String> texts = new ArrayList<>();
    ByteBuffer block = little(bytes);
    int end = bytes.length - Integer.BYTES;
    int at = first;
    while (at >= 0 && end - at >= Integer.BYTES) {
      int length = Short.toUnsignedInt(block.getShort(at + 2));
      if (length > end - at - Integer.BYTES) {
        break;
      }
      if (block.getShort(at) == code) {
        texts.add(new String(bytes, at + Integer.BYTES, length, StandardCharsets.UTF_8));
      }
      at += Integer.BYTES + padded(length);
    }
    return texts;
  }

  static int padded(int length) {
    return length + Integer.BYTES - 1 & -Integer.BYTES;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
