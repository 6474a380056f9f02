package dev.meshpath.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.meshpath.libbpf.TestRing;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(20)
class RingThreadTest {
  private static final String NAME = "ring-under-test";

  private final TestRing kernel = new TestRing();
  private final AtomicLong received = new AtomicLong();
  private final RingThread thread =
      new RingThread(NAME, kernel.libc(), kernel.ring(), this::receive);

  private boolean closed;

  @AfterEach
  void close() {
    if (!closed) {
      closeThread();
    }
    kernel.close();
  }

  private void closeThread() {
    closed = true;
    thread.close();
  }

  private void receive(MemorySegment data, long record, int length) {
    received.incrementAndGet();
  }

  @Test
  void wakesUpForEachBurst() throws InterruptedException {
    thread.start();
    for (int burst = 1; burst <= 20; burst++) {
      kernel.emit(10);
      while (received.get() < burst * 10L) {
        Thread.sleep(1); // whoever is not woken up stays here until the time is over
      }
    }
    assertThat(received).hasValue(200);
  }

  @Test
  void settledSeesAllThatWasSubmitted() {
    thread.start();
    for (int burst = 1; burst <= 200; burst++) {
      kernel.emit(100);
      assertThat(thread.settled(received::get)).isEqualTo(burst * 100L);
    }
  }

  @Test
  void settledDrainsBeforeTheThreadRuns() {
    kernel.emit(7);
    assertThat(thread.settled(received::get)).isEqualTo(7);
  }

  @Test
  void settledSeesNoRecordInBetween() throws InterruptedException {
    thread.start();
    CountDownLatch looked = new CountDownLatch(1);
    Thread producer =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (looked.getCount() > 0) {
                    kernel.emit(50);
                  }
                });
    for (int look = 0; look < 100; look++) {
      assertThat(
              thread.settled(
                  () -> {
                    long first = received.get();
                    LockSupport.parkNanos(100_000);
                    return received.get() - first;
                  }))
          .isZero();
    }
    looked.countDown();
    producer.join();
  }

  @Test
  void losesNothingWhileTheProducerIsFaster() {
    thread.start();
    kernel.emit(50_000);
    KernelLedger ledger = thread.settled(kernel::kernel);
    assertThat(ledger.seen()).isEqualTo(50_000);
    assertThat(ledger.submitted() + ledger.ringFull()).isEqualTo(50_000);
    assertThat(received).hasValue(ledger.submitted());
  }

  @Test
  void closeDrainsWhatIsLeft() {
    kernel.emit(123);
    closeThread();
    assertThat(received).hasValue(123);
  }

  @Test
  void closeEndsTheThread() {
    thread.start();
    assertThat(threads()).isOne();
    closeThread();
    assertThat(threads()).isZero();
  }

  @Test
  void settledIsRefusedOnceClosed() {
    thread.start();
    closeThread();
    assertThatThrownBy(() -> thread.settled(received::get))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the ring is closed");
  }

  @Test
  void clockworkStrikesWhenItIsDueThoughNothingArrives() throws InterruptedException {
    Alarm alarm = new Alarm(System.nanoTime() + 30_000_000);
    try (RingThread ticking =
        new RingThread("ticking", kernel.libc(), kernel.ring(), this::receive, alarm)) {
      ticking.start();
      alarm.struck.await();
    }
    assertThat(alarm.strikes).hasValue(1);
    assertThat(alarm.struckNs).hasValueGreaterThanOrEqualTo(alarm.firstDueNs);
  }

  @Test
  void clockworkStrikesAgainWhenItIsDueAgain() throws InterruptedException {
    Alarm alarm = new Alarm(System.nanoTime());
    alarm.again = 3;
    try (RingThread ticking =
        new RingThread("ticking", kernel.libc(), kernel.ring(), this::receive, alarm)) {
      ticking.start();
      alarm.struck.await();
    }
    assertThat(alarm.strikes).hasValue(4);
  }

  @Test
  void clockworkStrikesAfterWhatIsInTheRingWasRead() throws InterruptedException {
    kernel.emit(150);
    Alarm alarm = new Alarm(0);
    try (RingThread ticking =
        new RingThread("ticking", kernel.libc(), kernel.ring(), this::receive, alarm)) {
      ticking.start();
      alarm.struck.await();
    }
    assertThat(alarm.receivedBefore).hasValue(150);
  }

  @Test
  void settledStrikesAfterWhatIsInTheRingWasReadAndBeforeItLooks() {
    kernel.emit(150);
    Alarm alarm = new Alarm(0);
    try (RingThread ticking =
        new RingThread("ticking", kernel.libc(), kernel.ring(), this::receive, alarm)) {
      assertThat(ticking.settled(alarm.strikes::get)).isOne();
    }
    assertThat(alarm.receivedBefore).hasValue(150);
  }

  @Test
  void settledSeesWhatTheClockworkMadeTheKernelSubmit() {
    Alarm alarm = new Alarm(0);
    alarm.emits = 7;
    try (RingThread ticking =
        new RingThread("ticking", kernel.libc(), kernel.ring(), this::receive, alarm)) {
      assertThat(ticking.settled(received::get)).isEqualTo(7);
    }
  }

  @Test
  void clockworkThatIsNotDueDoesNotStrike() {
    Alarm alarm = new Alarm(Long.MAX_VALUE);
    try (RingThread ticking =
        new RingThread("ticking", kernel.libc(), kernel.ring(), this::receive, alarm)) {
      ticking.start();
      kernel.emit(10);
      assertThat(ticking.settled(alarm.strikes::get)).isZero();
    }
    assertThat(alarm.strikes).hasValue(0);
  }

  @Test
  void clockworkThatFailsDoesNotEndTheThread() throws InterruptedException {
    Logger logger = (Logger) LoggerFactory.getLogger(RingThread.class);
    logger.setLevel(Level.OFF);
    Alarm alarm = new Alarm(0);
    alarm.again = 1;
    alarm.fails = true;
    try (RingThread ticking =
        new RingThread("ticking", kernel.libc(), kernel.ring(), this::receive, alarm)) {
      ticking.start();
      alarm.struck.await();
    } finally {
      logger.setLevel(null);
    }
    assertThat(alarm.strikes).hasValue(2);
  }

  /** Due at its time, then as often {@code again}, at once. */
  private final class Alarm implements RingThread.Clockwork {
    private final long firstDueNs;
    private final CountDownLatch struck = new CountDownLatch(1);
    private final AtomicInteger strikes = new AtomicInteger();
    private final AtomicLong struckNs = new AtomicLong();
    private final AtomicLong receivedBefore = new AtomicLong();
    private long dueNs;
    private int again;
    private int emits;
    private boolean fails;

    Alarm(long dueNs) {
      this.dueNs = dueNs;
      this.firstDueNs = dueNs;
    }

    @Override
    public long dueNs() {
      return dueNs;
    }

    @Override
    public void strike(long nowNs) {
      strikes.incrementAndGet();
      struckNs.set(nowNs);
      receivedBefore.set(received.get());
      if (emits > 0) {
        kernel.emit(emits);
      }
      if (again-- > 0) {
        dueNs = nowNs;
      } else {
        dueNs = Long.MAX_VALUE;
        struck.countDown();
      }
      if (fails) {
        throw new IllegalStateException("made up");
      }
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(running -> running.getName().equals(NAME))
        .count();
  }
}
