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
  private static final Logger logger = LoggerFactory.getLogger(RingThread.class);

  /** So many records at a time, then others may have the lock: some 100 us. */
  private static final int BATCH = 1024;

  private final LibC libc;
  private final RingBuffer ring;
  private final RingBuffer.Consumer consumer;
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
      // a bound: under a flood the ring is never empty
      for (long left = ring.usedBytes(); left > 0 && drainBatch() > 0; ) {
        left -= BATCH;
      }
      return look.get();
    } finally {
      lock.unlock();
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
      libc.epollWait(epoll);
      int drained;
      do {
        lock.lock();
        try {
          drained = drainBatch();
        } finally {
          lock.unlock();
        }
      } while (drained == BATCH && !stopping);
    }
  }

  private int drainBatch() {
    return ring.drain(consumer, BATCH);
  }
}
