package dev.meshpath.decode;

import java.util.List;
import java.util.function.Consumer;

/** A line of output, filled field by field under the names that span attributes have. */
interface Line {
  /** A number as it is. */
  void number(String key, long value);

  /** A yes or no. */
  void flag(String key, boolean value);

  /** A text. */
  void text(String key, String value);

  /** See {@link dev.meshpath.net.MacAddress}. */
  void address(String key, long address);

  /**
   * A time in seconds.
   *
   * @param timeUnits unsigned, each 1024 us
   */
  void seconds(String key, int timeUnits);

  /** Several of what the line has one of otherwise; each entry is filled by one consumer. */
  void list(String key, List<Consumer<Line>> entries);

  /** An unsigned number of 32 bits. */
  default void unsigned(String key, int value) {
    number(key, Integer.toUnsignedLong(value));
  }
}
