package dev.meshpath.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which captured frames somebody asks for.
 *
 * @param event a word, as {@code change}; empty: any
 * @param trace 32 hexadecimal digits; empty: any
 * @param fromNs not those before, in nanoseconds since 1970 (UTC)
 * @param toNs nor those after
 */
public record CaptureQuery(String event, String trace, long fromNs, long toNs) {
  private static final Set<String> NAMES = Set.of("event", "trace", "from", "to");
  private static final int NANOSECOND_DIGITS = 9;

  /**
   * Reads the parameters of a URL; without any, everything is asked for.
   *
   * @throws IllegalArgumentException with a sentence if one of them cannot be
   */
  static CaptureQuery parse(Map<String, List<String>> parameters) {
    Set<String> unknown = new TreeSet<>(parameters.keySet());
    unknown.removeAll(NAMES);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("there is no parameter but event, trace, from and to");
    }
    return new CaptureQuery(
        matching(parameters, "event", "[a-z_]*", "as change"),
        matching(parameters, "trace", "([0-9a-f]{32})?", "32 hexadecimal digits in lower case"),
        time(first(parameters, "from"), Long.MIN_VALUE),
        time(first(parameters, "to"), Long.MAX_VALUE));
  }

  private static String matching(
      Map<String, List<String>> parameters, String name, String form, String example) {
    String value = first(parameters, name);
    if (!value.matches(form)) {
      throw new IllegalArgumentException(name + " cannot be that: write " + example);
    }
    return value;
  }

  private static String first(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static long time(String text, long otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.matches("\\d{1,9}|[1-8]\\d{9}|(\\d{1,9}|[1-8]\\d{9})\\.\\d{1,9}")) {
      int point = text.indexOf('.');
      String seconds = point < 0 ? text : text.substring(0, point);
      String fraction = point < 0 ? "" : text.substring(point + 1);
      return Long.parseLong(seconds + fraction + "0".repeat(NANOSECOND_DIGITS - fraction.length()));
    }
    try {
      Instant instant = Instant.parse(text);
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "a time cannot be that: write seconds since 1970, or as 2026-01-31T12:00:00Z", e);
    }
  }
}
