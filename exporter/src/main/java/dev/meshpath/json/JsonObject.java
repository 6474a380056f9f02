package dev.meshpath.json;

import java.util.List;

/** A JSON object that is written member by member, in this order. For one thread. */
public final class JsonObject {
  private final StringBuilder json = new StringBuilder("{");

  /** A text. */
  public JsonObject text(String key, String value) {
    return raw(key, Json.string(value));
  }

  /** A whole number. */
  public JsonObject number(String key, long value) {
    return raw(key, Long.toString(value));
  }

  /**
   * Any number.
   *
   * @param value finite: JSON has no word for what is not
   */
  public JsonObject number(String key, double value) {
    return raw(key, Double.toString(value));
  }

  /** A yes or no. */
  public JsonObject flag(String key, boolean value) {
    return raw(key, Boolean.toString(value));
  }

  /**
   * Several values.
   *
   * @param values JSON texts
   */
  public JsonObject list(String key, List<String> values) {
    return raw(key, "[" + String.join(",", values) + "]");
  }

  /**
   * Any value.
   *
   * @param value a JSON text
   */
  public JsonObject raw(String key, String value) {
    json.append(json.length() == 1 ? "" : ",").append(Json.string(key)).append(':').append(value);
    return this;
  }

  /** The JSON text, on one line. */
  @Override
  public String toString() {
    return json + "}";
  }
}
