package dev.meshpath.nl80211;

import dev.meshpath.failure.Failure;

/** Bytes that are no message as the kernel writes them: cut, or with something else in them. */
public final class MalformedMessageException extends Failure {
  private static final long serialVersionUID = 1L;

  /**
   * @param what is wrong, as a part of a sentence
   */
  MalformedMessageException(String what) {
    super("nl80211 answered with a malformed message: " + what + ".");
  }
}
