package dev.meshpath.collector;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A thread for what must not hold up the ring's: that one only puts into a queue, and what finds it
 * full is counted and gone. Thread-safe.
 */
public final class Aside implements AutoCloseable {
  private static final long STOP_MS = 3_000;

  private final BlockingQueue<Runnable> queue;
  private final long lookMs;
  private final Runnable look;
  private final Runnable end;
  private final LongAdder dropped = new LongAdder();
  private final Thread thread;
  private boolean ended;

  /**
   * Nothing is done before {@link #start}.
   *
   * @param name of the thread
   * @param items that wait at most
   * @param lookMs how often to look after things, in milliseconds
   * @param look what is done then
   * @param end what is done last
   */
  public Aside(String name, int items, long lookMs, Runnable look, Runnable end) {
    this.queue = new ArrayBlockingQueue<>(items);
    this.lookMs = lookMs;
    this.look = look;
    this.end = end;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::drain);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Has {@code work} done on the thread, unless too much waits already. */
  public void offer(Runnable work) {
    if (!queue.offer(work)) {
      dropped.increment();
    }
  }

  /** How much found the queue full. */
  public long dropped() {
    return dropped.sum();
  }

  /** How much is queued. */
  public int waiting() {
    return queue.size();
  }

  /** Does what is queued, for three seconds at most. */
  @Override
  public void close() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    try {
      if (queue.offer(() -> ended = true, STOP_MS, TimeUnit.MILLISECONDS)) {
        thread.join(STOP_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() {
    try {
      long lookedAtNs = System.nanoTime();
      while (!ended) {
        Runnable work = queue.poll(lookMs, TimeUnit.MILLISECONDS);
        if (work != null) {
          work.run();
        }
        long nowNs = System.nanoTime();
        if (nowNs - lookedAtNs >= TimeUnit.MILLISECONDS.toNanos(lookMs)) {
          lookedAtNs = nowNs;
          look.run();
        }
      }
      end.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
