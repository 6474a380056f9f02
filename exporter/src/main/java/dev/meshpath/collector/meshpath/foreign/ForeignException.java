package dev.meshpath.collector.meshpath.foreign;

/** A file is no event file; the message follows upon its name in a sentence. */
final class ForeignException extends Exception {
  private static final long serialVersionUID = 1L;

  ForeignException(String what) {
    super(what);
  }

  /** As "is no array of events: name an event file". */
  String what() {
    return String.valueOf(getMessage());
  }
}
