package dev.meshpath.frame.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The bytes of a capture, block by block in the file's byte order. */
final class CaptureInput {
  /** No writer makes longer records; whoever asks for one is lost in the file, or lies. */
  static final int MAX_BYTES = 16 << 20;

  private final InputStream in;
  private ByteOrder order = ByteOrder.BIG_ENDIAN;
  private long at;

  CaptureInput(InputStream in) {
    this.in = in;
  }

  void order(ByteOrder order) {
    this.order = order;
  }

  /** How many bytes were read. */
  long at() {
    return at;
  }

  /**
   * The next bytes; null at the end of the file.
   *
   * @param within what the file ends within if it ends before, as "record 7"
   */
  @Nullable ByteBuffer readOrEnd(int length, String within) throws IOException, CaptureException {
    byte[] bytes = in.readNBytes(length);
    at += bytes.length;
    if (bytes.length == 0 && length > 0) {
      return null;
    }
    if (bytes.length < length) {
      throw cut(within);
    }
    return ByteBuffer.wrap(bytes).order(order);
  }

  /** As {@link #readOrEnd}, where the file may not end. */
  ByteBuffer read(int length, String within) throws IOException, CaptureException {
    ByteBuffer bytes = readOrEnd(length, within);
    if (bytes == null) {
      throw cut(within);
    }
    return bytes;
  }

  private CaptureException cut(String within) {
    return new CaptureException(
        "ends within " + within + " (at byte " + at + "): it was cut, or is still being written");
  }
}
