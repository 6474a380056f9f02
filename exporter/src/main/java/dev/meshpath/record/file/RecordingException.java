package dev.meshpath.record.file;

/** A file is no recording that can be used; the message follows upon its name in a sentence. */
public final class RecordingException extends Exception {
  private static final long serialVersionUID = 1L;

  RecordingException(String what) {
    super(what);
  }

  /** As "is no recording of meshpath: name one". */
  public String what() {
    return String.valueOf(getMessage());
  }
}
