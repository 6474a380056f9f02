package dev.meshpath.frame.file;

/** A capture that is none, or that ends or breaks off in the middle of a record. */
public final class CaptureException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param what goes on after the file's name: "is no capture: ..."
   */
  CaptureException(String what) {
    super(what);
  }

  /** What goes on after the file's name. */
  public String what() {
    return String.valueOf(getMessage());
  }
}
