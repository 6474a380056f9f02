package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.collector.Reconciliation;
import dev.meshpath.record.KernelClock;
import dev.meshpath.record.file.RecordingReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the line with a recording instead of a kernel, at the recording's times. Nothing of the
 * kernel is needed, and no right.
 */
public final class MeshPathReplay implements Collector {
  /**
   * How it is replayed.
   *
   * @param table what the table keeps
   * @param speed so many times as fast as it was; infinity: as fast as can be
   */
  public record Settings(TableSettings table, double speed) {}

  private static final Logger logger = LoggerFactory.getLogger(MeshPathReplay.class);
  private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final double MS_PER_NS = 1e-6;

  /** Whoever closes the replay waits so long at most. */
  private static final long MOST_SLEEP_MS = 100;

  /** So many entries between two looks at whether the outlets keep up. */
  private static final int ENTRIES_BETWEEN_LOOKS = 8;

  private final RecordingReader recording;
  private final Settings settings;
  private final MeshPathLine line;
  private final BooleanSupplier crowded;
  private final Runnable atEnd;

  /** Fair, so that a scrape gets its turn. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final Thread thread = Thread.ofPlatform().name("replay").daemon().unstarted(this::run);
  private long beganNs;
  private long firstNs;
  private volatile long nowNs;
  private volatile boolean closed;

  /**
   * @param recording not read yet
   * @param followers who follows the table
   * @param clock is told the recorded time of the world, on the replay's thread
   * @param crowded whether what is made has to wait: a replay, unlike a kernel, can wait, too
   * @param atEnd told when all was fed
   */
  public MeshPathReplay(
      RecordingReader recording,
      Settings settings,
      Followers followers,
      KernelClock clock,
      BooleanSupplier crowded,
      Runnable atEnd) {
    this.recording = recording;
    this.settings = settings;
    this.line = new MeshPathLine(settings.table(), followers, clock);
    this.crowded = crowded;
    this.atEnd = atEnd;
  }

  @Override
  public String name() {
    return MeshPathPrograms.OBJECT;
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.empty();
  }

  @Override
  public void start() {
    thread.start();
  }

  /** The time that the recording is at, CLOCK_MONOTONIC of the recorded machine. */
  public long nowNs() {
    return nowNs;
  }

  /** One consistent look at the table. */
  public Supplier<List<DeviceSnapshot>> paths() {
    return () -> locked(() -> line.snapshot(nowNs));
  }

  @Override
  public List<Hook> hooks() {
    return HookLine.parse(locked(line::hooks));
  }

  @Override
  public EventLedger ledger() {
    return locked(line::ledger);
  }

  @Override
  public Reconciliation reconciliation() {
    return locked(line::reconciliation);
  }

  /** Stops where it is. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T locked(Supplier<T> look) {
    lock.lock();
    try {
      return look.get();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try (recording) {
      feed();
      if (!closed) {
        sayEnd();
        atEnd.run();
      }
    } catch (IOException e) {
      if (closed) {
        return; // the read was interrupted
      }
      logger.error("the recording cannot be read any further: {}", e.toString());
      atEnd.run();
    }
  }

  private void feed() throws IOException {
    beganNs = System.nanoTime();
    while (!closed && recording.next()) {
      await(recording.timeNs());
      if (recording.entries() % ENTRIES_BETWEEN_LOOKS == 0) {
        awaitOutlets();
      }
      if (closed) {
        return;
      }
      lock.lock();
      try {
        nowNs = Math.max(nowNs, recording.timeNs());
        recording.feed(line);
      } finally {
        lock.unlock();
      }
    }
  }

  private void sayEnd() throws IOException {
    String defect = recording.defect();
    if (defect != null) {
      logger.warn("{}", defect);
    }
    logger.info(
        "replayed {} entries, {} s of the recorded machine, in {} s",
        recording.entries(),
        TimeUnit.NANOSECONDS.toSeconds(nowNs - firstNs),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNs));
  }

  private void await(long timeNs) {
    if (firstNs == 0) {
      firstNs = timeNs;
    }
    while (!closed) {
      long passedNs = System.nanoTime() - beganNs;
      double aheadMs = ((timeNs - firstNs) / settings.speed() - passedNs) * MS_PER_NS;
      if (aheadMs <= 0) {
        return;
      }
      LockSupport.parkNanos((long) (Math.min(aheadMs, MOST_SLEEP_MS) / MS_PER_NS));
    }
  }

  private void awaitOutlets() {
    while (!closed && crowded.getAsBoolean()) {
      LockSupport.parkNanos(WAIT_NS);
    }
  }
}
