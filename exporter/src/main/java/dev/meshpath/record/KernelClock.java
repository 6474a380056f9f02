package dev.meshpath.record;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * From the kernel's monotonic time to that of the world, at the edge where somebody reads it. The
 * difference is looked at again each second, so that a step of the clock moves what comes, and
 * nothing that was. For one thread.
 */
public final class KernelClock {
  private static final long REREAD_NS = TimeUnit.SECONDS.toNanos(1);

  private final Clock world;
  private final LongSupplier monotonicNs;
  private long offsetNs;
  private long readAtNs;
  private boolean isRead;

  /** That of this machine. */
  public KernelClock() {
    this(Clock.systemUTC(), System::nanoTime);
  }

  /**
   * @param world the real-time clock
   * @param monotonicNs CLOCK_MONOTONIC, as {@code bpf_ktime_get_ns} and System.nanoTime have it
   */
  KernelClock(Clock world, LongSupplier monotonicNs) {
    this.world = world;
    this.monotonicNs = monotonicNs;
  }

  /**
   * When it was, in nanoseconds since 1970 (UTC).
   *
   * @param ktimeNs CLOCK_MONOTONIC
   */
  public long epochNs(long ktimeNs) {
    long nowNs = monotonicNs.getAsLong();
    if (!isRead || nowNs - readAtNs >= REREAD_NS) {
      Instant now = world.instant();
      offsetNs = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - nowNs;
      readAtNs = nowNs;
      isRead = true;
    }
    return ktimeNs + offsetNs;
  }
}
