package dev.meshpath.failure;

/**
 * What keeps the program from its work, as one sentence for the person at the terminal: it names
 * the input, what is wrong with it and what to do.
 */
public class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure that {@code sentence} explains in full. */
  public Failure(String sentence) {
    super(sentence);
  }

  /** A failure that {@code sentence} explains in full; {@code cause} is for the debug log only. */
  public Failure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
