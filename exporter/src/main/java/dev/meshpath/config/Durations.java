package dev.meshpath.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  /** Some 292 years: 64 bits of nanoseconds count no further. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Durations() {}

  /**
   * Reads {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h} or {@code 7d}.
   *
   * @throws IllegalArgumentException with a sentence if it is no such text
   */
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      Duration duration = duration(Long.parseLong(form.group(1)), form.group(2));
      if (duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no duration: write a number and ms, s, m, h or d, as 5m");
  }

  private static Duration duration(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
