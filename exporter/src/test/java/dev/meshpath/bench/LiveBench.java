package dev.meshpath.bench;

import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.RingBuffer;
import dev.meshpath.record.KernelLedger;
import dev.meshpath.record.RingThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How many records a second come through while the ring's thread drains: more and more of them, in
 * bursts of a millisecond, until the ledger of the programs shows a loss.
 */
final class LiveBench {
  /** The default of {@code --ring.bytes}. */
  private static final int RING_BYTES = 8 << 20;

  private static final int DESTINATIONS = 30;
  private static final int WARM_UP_RATE = 200_000;
  private static final int[] RATES = {
    100_000, 200_000, 400_000, 600_000, 800_000, 1_200_000, 1_600_000, 2_400_000, 3_200_000
  };
  private static final int STEP_S = 2;
  private static final long BURST_NS = TimeUnit.MILLISECONDS.toNanos(1);

  /** The most that is made up for when the machine had other work to do: far less than the ring. */
  private static final int LONGEST_BURST = 4096;

  private LiveBench() {}

  /**
   * Measures and prints.
   *
   * @param arguments the object of ring_fill
   */
  public static void main(String[] arguments) throws IOException {
    Libbpf libbpf = new Libbpf(new LibC());
    Follower follower = new Follower();
    try (FilledRing ring = new FilledRing(libbpf, Path.of(arguments[0]), RING_BYTES, DESTINATIONS);
        RingBuffer reader = ring.open();
        RingThread thread = new RingThread("live", libbpf.libc(), reader, follower.dispatcher())) {
      thread.start();
      offer(ring, WARM_UP_RATE, STEP_S, LONGEST_BURST);
      System.out.printf("%14s %14s %10s%n", "offered, 1/s", "followed, 1/s", "lost");
      for (int rate : RATES) {
        if (step(ring, thread, follower, rate) > 0) {
          break;
        }
      }
    }
  }

  /** Offers so many records a second, and returns how many were lost. */
  private static long step(FilledRing ring, RingThread thread, Follower follower, int rate) {
    KernelLedger before = ring.ledger();
    long decoded = follower.dispatcher().decoded();
    long start = System.nanoTime();
    offer(ring, rate, STEP_S, LONGEST_BURST);
    decoded = thread.settled(follower.dispatcher()::decoded) - decoded;
    double seconds = (System.nanoTime() - start) / 1e9;
    KernelLedger after = ring.ledger();
    long lost = after.ringFull() - before.ringFull();
    System.out.printf(
        Locale.ROOT,
        "%,14.0f %,14.0f %,10d%n",
        (after.seen() - before.seen()) / seconds,
        decoded / seconds,
        lost);
    return lost;
  }

  /** So many records a second, for so long, and not more at once. */
  static void offer(FilledRing ring, int rate, int seconds, int longestBurst) {
    long lengthNs = TimeUnit.SECONDS.toNanos(seconds);
    long start = System.nanoTime();
    long elapsed;
    long offered = 0;
    while ((elapsed = System.nanoTime() - start) < lengthNs) {
      long due = (long) (rate * (elapsed / 1e9)) - offered;
      if (due > 0) {
        ring.fill((int) Math.min(due, longestBurst));
        offered += due;
      }
      LockSupport.parkNanos(BURST_NS);
    }
  }
}
