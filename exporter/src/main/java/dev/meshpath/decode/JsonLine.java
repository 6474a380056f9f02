package dev.meshpath.decode;

import dev.meshpath.json.JsonObject;
import dev.meshpath.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A line as a JSON object. */
final class JsonLine implements Line {
  private final JsonObject json = new JsonObject();

  @Override
  public void number(String key, long value) {
    json.number(key, value);
  }

  @Override
  public void flag(String key, boolean value) {
    json.flag(key, value);
  }

  @Override
  public void text(String key, String value) {
    json.text(key, value);
  }

  @Override
  public void address(String key, long address) {
    json.text(key, MacAddress.toAttribute(address));
  }

  @Override
  public void seconds(String key, int timeUnits) {
    json.raw(key, TimeUnits.seconds(timeUnits));
  }

  @Override
  public void list(String key, List<Consumer<Line>> entries) {
    List<String> list = new ArrayList<>();
    for (Consumer<Line> filler : entries) {
      JsonLine entry = new JsonLine();
      filler.accept(entry);
      list.add(entry.toString());
    }
    json.list(key, list);
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
