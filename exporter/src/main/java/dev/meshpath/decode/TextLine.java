package dev.meshpath.decode;

import dev.meshpath.net.MacAddress;
import java.util.List;
import java.util.function.Consumer;

/** A line for people: {@code name=value}, with names that leave out what they all begin with. */
final class TextLine implements Line {
  private final StringBuilder text = new StringBuilder();

  @Override
  public void number(String key, long value) {
    key(key).append(value);
  }

  @Override
  public void flag(String key, boolean value) {
    key(key).append(value);
  }

  @Override
  public void text(String key, String value) {
    key(key).append(value.indexOf(' ') < 0 && !value.isEmpty() ? value : '"' + value + '"');
  }

  @Override
  public void address(String key, long address) {
    key(key).append(MacAddress.toString(address));
  }

  @Override
  public void seconds(String key, int timeUnits) {
    key(key).append(TimeUnits.seconds(timeUnits));
  }

  @Override
  public void list(String key, List<Consumer<Line>> entries) {
    for (Consumer<Line> filler : entries) {
      TextLine entry = new TextLine();
      filler.accept(entry);
      key(key).append('(').append(entry).append(')');
    }
  }

  private StringBuilder key(String key) {
    String name = key.replaceFirst("^(hwmp|mesh\\.peering|ieee80211\\.frame|decode)\\.", "");
    name = name.replaceFirst("\\.address$", "").replaceFirst("_s$", "");
    return text.append(text.isEmpty() ? "" : " ").append(name).append('=');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
