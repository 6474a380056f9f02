package dev.meshpath.decode;

import java.util.List;
import java.util.function.Consumer;

/** Lets the first fields through: of a cut element only those that there were. */
final class LeadingFields implements Line {
  private final Line line;
  private int left;

  /**
   * @param line what gets the fields
   * @param count how many
   */
  LeadingFields(Line line, int count) {
    this.line = line;
    this.left = count;
  }

  @Override
  public void number(String key, long value) {
    if (left-- > 0) {
      line.number(key, value);
    }
  }

  @Override
  public void flag(String key, boolean value) {
    if (left-- > 0) {
      line.flag(key, value);
    }
  }

  @Override
  public void text(String key, String value) {
    if (left-- > 0) {
      line.text(key, value);
    }
  }

  @Override
  public void address(String key, long address) {
    if (left-- > 0) {
      line.address(key, address);
    }
  }

  @Override
  public void seconds(String key, int timeUnits) {
    if (left-- > 0) {
      line.seconds(key, timeUnits);
    }
  }

  @Override
  public void list(String key, List<Consumer<Line>> entries) {
    if (left-- > 0) {
      line.list(key, entries);
    }
  }
}
