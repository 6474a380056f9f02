package dev.meshpath.doctor;

import dev.meshpath.failure.Failure;

/**
 * A Failure's sentence in its two halves: what is, and after the colon what to do.
 *
 * @param state what is
 * @param remedy what to do; empty if it does not tell
 */
record Sentence(String state, String remedy) {
  private static final String BETWEEN = ": ";

  static Sentence of(Failure failure) {
    String text = String.valueOf(failure.getMessage()).replaceFirst("\\.$", "");
    int colon = text.indexOf(BETWEEN);
    return colon < 0
        ? new Sentence(text, "")
        : new Sentence(text.substring(0, colon), text.substring(colon + BETWEEN.length()));
  }
}
