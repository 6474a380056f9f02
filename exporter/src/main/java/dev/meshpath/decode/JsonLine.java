package dev.meshpath.decode;

import dev.meshpath.json.Json;
import dev.meshpath.net.MacAddress;
import java.util.List;
import java.util.function.Consumer;

/** A line as a JSON object. */
final class JsonLine implements Line {
  private final StringBuilder json = new StringBuilder("{");

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
    key(key).append(Json.string(value));
  }

  @Override
  public void address(String key, long address) {
    text(key, MacAddress.toAttribute(address));
  }

  @Override
  public void seconds(String key, int timeUnits) {
    key(key).append(TimeUnits.seconds(timeUnits));
  }

  @Override
  public void list(String key, List<Consumer<Line>> entries) {
    StringBuilder list = key(key).append('[');
    for (int i = 0; i < entries.size(); i++) {
      JsonLine entry = new JsonLine();
      entries.get(i).accept(entry);
      list.append(i == 0 ? "" : ",").append(entry);
    }
    list.append(']');
  }

  private StringBuilder key(String key) {
    return json.append(json.length() == 1 ? "" : ",").append(Json.string(key)).append(':');
  }

  @Override
  public String toString() {
    return json + "}";
  }
}
