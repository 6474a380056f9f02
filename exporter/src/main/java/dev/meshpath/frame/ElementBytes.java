package dev.meshpath.frame;

import org.jspecify.annotations.Nullable;

/**
 * An information element as it stands in a frame.
 *
 * @param id which element
 * @param bytes the array that it lies in
 * @param at where its body begins
 * @param length of its body, as its header says
 * @param end behind the last of its bytes that are there
 * @param cut why that is before {@code at + length}; null if it is not
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record ElementBytes(int id, byte[] bytes, int at, int length, int end, @Nullable Defect cut) {
  /** Whether not even the first byte is there, because something was cut. */
  boolean isCutAway() {
    return cut != null && at >= end;
  }

  /** The first byte, which often holds the flags; 0 if it is not there. */
  int first() {
    return at < end ? Byte.toUnsignedInt(bytes[at]) : 0;
  }

  /** Over the first {@code trusted} bytes, or those of them that are there. */
  Cursor cursor(int trusted) {
    return new Cursor(bytes, at, Math.min(end, at + Math.min(trusted, length)));
  }
}
