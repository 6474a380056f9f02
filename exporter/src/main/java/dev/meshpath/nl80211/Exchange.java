package dev.meshpath.nl80211;

import dev.meshpath.failure.Failure;

/** Asks the kernel and waits for all of its answer; a socket but in tests. */
interface Exchange extends AutoCloseable {
  /**
   * One request and its answer.
   *
   * @throws NetlinkException if the kernel refuses
   * @throws Failure if it does not answer in time
   */
  Answer ask(Request request);

  @Override
  void close();
}
