package dev.meshpath.record;

/**
 * From the kernel's monotonic time to that of the world, at the edge where somebody reads it. It is
 * told the difference, by {@link WorldClock} or by a recording. One thread tells, any may ask.
 */
public final class KernelClock {
  private volatile long offsetNs;

  /**
   * Tells it the difference.
   *
   * @param offsetNs what the clock of the world is ahead of CLOCK_MONOTONIC
   */
  public void set(long offsetNs) {
    this.offsetNs = offsetNs;
  }

  /** What it was told last. */
  public long offsetNs() {
    return offsetNs;
  }

  /**
   * When it was, in nanoseconds since 1970 (UTC).
   *
   * @param ktimeNs CLOCK_MONOTONIC
   */
  public long epochNs(long ktimeNs) {
    return ktimeNs + offsetNs;
  }
}
