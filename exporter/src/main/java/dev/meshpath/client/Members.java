package dev.meshpath.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object as an exporter writes it: texts, numbers, yes and no, and lists of
 * texts and of such objects.
 *
 * @param values {@code String}, {@code Number}, {@code Boolean}, {@code List} or {@code Members}
 */
record Members(Map<String, Object> values) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  /**
   * Reads the text of an object.
   *
   * @throws IOException if it is none
   */
  static Members parse(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no JSON object");
      }
      return object(parser);
    }
  }

  private static Members object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new Members(members);
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> parser.getText();
    };
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * As it stands there; empty if it does not. A process may have any name: what would move a
   * terminal's cursor is a question mark.
   */
  String text(String name) {
    return String.valueOf(values.getOrDefault(name, "")).replaceAll("\\p{Cc}", "?");
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  /** 0 if it is none. */
  double number(String name) {
    return values.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  /** An address as people write it. */
  String address(String name) {
    return text(name).toLowerCase(Locale.ROOT).replace('-', ':');
  }

  /** A time of day on this machine. */
  String timeOfDay(String name) {
    LocalTime time =
        OffsetDateTime.parse(text(name)).atZoneSameInstant(ZoneId.systemDefault()).toLocalTime();
    return TIME.format(time);
  }

  /** So many seconds, with the unit that fits. */
  String duration(String name) {
    if (!has(name)) {
      return "";
    }
    double seconds = number(name);
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1fs", seconds);
    }
    if (seconds < 120) {
      return Math.round(seconds) + "s";
    }
    if (seconds < 7_200) {
      return Math.round(seconds / 60) + "m";
    }
    return seconds < 172_800
        ? Math.round(seconds / 3_600) + "h"
        : Math.round(seconds / 86_400) + "d";
  }

  List<Members> objects(String name) {
    return list(name).stream().filter(Members.class::isInstance).map(Members.class::cast).toList();
  }

  List<String> texts(String name) {
    return list(name).stream().map(String::valueOf).toList();
  }

  private List<?> list(String name) {
    @Nullable Object value = values.get(name);
    return value instanceof List<?> list ? list : List.of();
  }
}
