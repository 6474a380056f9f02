package dev.meshpath.record;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The real-time clock, looked at once a second at most, so that a step of it moves what comes, and
 * nothing that was. For one thread.
 */
public final class WorldClock {
  private static final long REREAD_NS = TimeUnit.SECONDS.toNanos(1);

  private final Clock world;
  private final LongSupplier monotonicNs;
  private long dueNs = Long.MIN_VALUE;

  /** That of this machine. */
  public WorldClock() {
    this(Clock.systemUTC(), System::nanoTime);
  }

  /**
   * @param world the real-time clock
   * @param monotonicNs CLOCK_MONOTONIC, as {@code bpf_ktime_get_ns} and System.nanoTime have it
   */
  WorldClock(Clock world, LongSupplier monotonicNs) {
    this.world = world;
    this.monotonicNs = monotonicNs;
  }

  /**
   * Whether it should be looked at again, for what happened at that time.
   *
   * @param ktimeNs CLOCK_MONOTONIC
   */
  public boolean isDue(long ktimeNs) {
    return ktimeNs >= dueNs;
  }

  /** What it is ahead of CLOCK_MONOTONIC now, in nanoseconds. */
  public long offsetNs() {
    long nowNs = monotonicNs.getAsLong();
    Instant now = world.instant();
    dueNs = nowNs + REREAD_NS;
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - nowNs;
  }
}
