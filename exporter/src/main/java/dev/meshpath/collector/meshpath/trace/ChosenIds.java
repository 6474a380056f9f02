package dev.meshpath.collector.meshpath.trace;

/** Whoever makes the next span's ids: the SDK asks for them when the span starts. */
@FunctionalInterface
public interface ChosenIds {
  /**
   * The next span that starts on this thread has these.
   *
   * @param trace 32 lower-case hexadecimal digits; not asked for where the span has a parent
   * @param span 16 of them
   */
  void next(String trace, String span);
}
