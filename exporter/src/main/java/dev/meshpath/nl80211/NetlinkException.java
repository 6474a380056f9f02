package dev.meshpath.nl80211;

import dev.meshpath.failure.Failure;

/** The kernel refused a request. */
public final class NetlinkException extends Failure {
  /** {@code ENODEV} of errno(3): there is no such device, perhaps no more. */
  public static final int NO_DEVICE = 19;

  private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * @param request what was asked for
   * @param errno positive, as in errno(3)
   * @param errorText of {@code errno}
   */
  NetlinkException(String request, int errno, String errorText) {
    super(request + " failed: " + errorText + ".");
    this.errno = errno;
  }

  /** Positive, as in errno(3). */
  public int errno() {
    return errno;
  }
}
