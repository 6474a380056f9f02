package dev.meshpath.record;

/** A record holds what no program of ours writes. */
public final class MalformedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what is wrong, with the value
   */
  public MalformedRecordException(String what) {
    super(what);
  }
}
