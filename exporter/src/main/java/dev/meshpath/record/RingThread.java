package dev.meshpath.record;

import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.RingBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains one ring into a consumer whenever there is something in it. Whatever the consumer changes
 * is guarded by this object's lock: {@link #settled} looks at it between two records.
 */
public final class RingThread implements AutoCloseable {
  /** What is to be done at a time, not at a record. Called with the lock held. */
  public interface Clockwork {
    /** When {@link #strike} is due, as {@code System.nanoTime}; {@code Long.MAX_VALUE}: never. */
    long dueNs();

    /** It is due, or soon; nothing waits in the ring. */
    void strike(long nowNs);
  }

  private static final Clockwork NONE =
      new Clockwork() {
        @Override
        public long dueNs() {
          return Long.MAX_VALUE;
        }

        @Override
        public void strike(long nowNs) {
          // never due
        }
      };

  private static final long NS_PER_MS = 1_000_000;

  private static final Logger logger = LoggerFactory.getLogger(RingThread.class);

  /** So many records at a time, then others may have the lock: some 100 us. */
  private static final int BATCH = 1024;

  /** A batch of records that are nothing but header, with what the ring puts before each. */
  private static final long SMALLEST_BATCH_BYTES = BATCH * (RecordHeader.BYTES + 8L);

  private final LibC libc;
  private final RingBuffer ring;
  private final RingBuffer.Consumer consumer;
  private final Clockwork clockwork;
  private final int stop;
  private final int epoll;
  private final Thread thread;

  /** Fair, so that a scrape gets its turn under a flood of records. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private volatile boolean stopping;

  /** Guarded by the lock. */
  private boolean closed;

  /**
   * @param name of the thread
   */
  public RingThread(String name, LibC libc, RingBuffer ring, RingBuffer.Consumer consumer) {
    this(name, libc, ring, consumer, NONE);
  }

  /**
   * @param name of the thread
   * @param clockwork on the same thread, under the same lock
   */
  public RingThread(
      String name, LibC libc, RingBuffer ring, RingBuffer.Consumer consumer, Clockwork clockwork) {
    this.clockwork = clockwork;
    this.libc = libc;
    this.ring = ring;
    this.consumer = consumer;
    this.stop = libc.eventfd();
    try {
      this.epoll = libc.epoll(ring.fd(), stop);
    } catch (Failure e) {
      libc.close(stop);
      throw e;
    }
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /** Starts to drain. */
  public void start() {
    thread.start();
  }

  /**
   * Drains what is in the ring by now, then looks at what the records made, with no further record
   * in between.
   *
   * @throws IllegalStateException once closed: the ring's pages may be gone
   */
  public <T> T settled(Supplier<T> look) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the ring is closed");
      }
      long nowNs = System.nanoTime();
      drainWhatIsThere();
      if (strike(nowNs)) {
        drainWhatIsThere(); // it may have made records: the look is not to find them half done
      }
      return look.get();
    } finally {
      lock.unlock();
    }
  }

  private void drainWhatIsThere() {
    // a bound: under a flood the ring is never empty
    for (long batches = ring.usedBytes() / SMALLEST_BATCH_BYTES; batches >= 0; batches--) {
      if (drainBatch() == 0) {
        break;
      }
    }
  }

  /** Stops the thread, then drains what is left. Once closed, closing it does nothing. */
  @Override
  public synchronized void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    libc.signal(stop);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      logger.warn("interrupted while the ring was drained for the last time");
    }
    lock.lock();
    try {
      while (drainBatch() > 0) {
        // until it is empty: nobody submits any more
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    libc.close(epoll);
    libc.close(stop);
  }

  private void run() {
    while (!stopping) {
      libc.epollWait(epoll, timeoutMs());
      long nowNs = System.nanoTime();
      int drained;
      do {
        lock.lock();
        try {
          drained = drainBatch();
        } finally {
          lock.unlock();
        }
      } while (drained == BATCH && !stopping);
      lock.lock();
      try {
        strike(nowNs);
      } finally {
        lock.unlock();
      }
    }
  }

  /** Until the clockwork is due, rounded up; -1: no limit. */
  private int timeoutMs() {
    lock.lock();
    try {
      long dueNs = clockwork.dueNs();
      if (dueNs == Long.MAX_VALUE) {
        return -1;
      }
      long leftNs = Math.max(0, dueNs - System.nanoTime());
      return (int) Math.min(Integer.MAX_VALUE, (leftNs + NS_PER_MS - 1) / NS_PER_MS);
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param nowNs all that was in the ring by then has been read
   * @return whether something was due
   */
  private boolean strike(long nowNs) {
    if (clockwork.dueNs() > nowNs) {
      return false;
    }
    try {
      clockwork.strike(nowNs);
    } catch (RuntimeException e) {
      logger.error("what was due on thread {} failed", thread.getName(), e);
    }
    return true;
  }

  private int drainBatch() {
    return ring.drain(consumer, BATCH);
  }
}
