package dev.meshpath.nl80211;

import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to nl80211. libnl is linked with the first one and not before: a program that
 * can do without it must be able to start without it. Thread-safe.
 */
public final class Nl80211Connector implements Supplier<Nl80211> {
  private static final String FAMILY = "nl80211";

  /** A dump of a full table takes milliseconds; a scrape may wait for 10 s as a rule. */
  private static final int TIMEOUT_MS = 2_000;

  private final LibC libc;
  private @Nullable Libnl libnl;

  /** Links nothing yet. */
  public Nl80211Connector(LibC libc) {
    this.libc = libc;
  }

  /**
   * A new connection, in the network namespace of the calling thread. It costs a socket and one
   * round trip into the kernel, less than a millisecond. So open one for each look and not one for
   * ever: then neither a driver that was loaded again nor an answer that came too late is in the
   * way of the next look.
   *
   * @throws Failure with a sentence if libnl is not installed or the kernel has no nl80211
   */
  @Override
  public Nl80211 get() {
    return new Nl80211(GenericNetlinkSocket.open(linked(), FAMILY, TIMEOUT_MS));
  }

  /**
   * Links libnl now.
   *
   * @throws Failure with a sentence if it is not installed
   */
  public void link() {
    linked();
  }

  private synchronized Libnl linked() {
    Libnl linked = libnl;
    if (linked == null) {
      linked = new Libnl(libc);
      libnl = linked;
    }
    return linked;
  }
}
