package dev.meshpath.record.file;

import dev.meshpath.failure.Failure;
import dev.meshpath.record.Feed;
import dev.meshpath.record.KernelLedger;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what it is fed with. The thread that feeds fills buffers, another one writes them:
 * where the disk is slower than the kernel, whole buffers are left out, counted, and the recording
 * says so at that place. A buffer waits for a second at most.
 */
public final class Recorder implements Feed, AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Recorder.class);

  /** 8 MiB, as much as the ring has. */
  private static final int BUFFERS = 64;

  /** What it takes to tell that some were left out. */
  private static final int TELLING_ENTRIES = 2;

  private static final long STOP_MS = 2_000;

  /** Of an entry that ends the recording, with what deflate and its flush add. */
  private static final int END_BYTES = 512;

  private final Path file;
  private final RecordingWriter writer;
  private final long maxBytes;
  private final Runnable whenFull;
  private final BlockingQueue<EntryBuffer> full;
  private final BlockingQueue<EntryBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
  private final LongAdder written = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final Thread thread =
      Thread.ofPlatform().name("recorder").daemon().unstarted(this::drain);
  private EntryBuffer filling = new EntryBuffer();

  /** Left out, and not told in any buffer; and told in the one that is filled now. */
  private long untold;

  private long telling;
  private long offsetNs;
  private volatile long bytes;

  /** The writing thread's: no more is written. */
  private boolean over;

  private volatile boolean closing;

  /**
   * What became of the entries.
   *
   * @param written in the file
   * @param dropped found no room in the queue, on the disk, or in the file's limit
   * @param bytes of the file
   */
  public record Account(long written, long dropped, long bytes) {}

  /**
   * Opens the file and begins. A file of that name becomes {@code FILE.1}, or the next number that
   * is free.
   *
   * @param maxBytes the file gets no larger
   * @param whenFull told once, when that is reached
   * @throws Failure if it cannot be written
   */
  public Recorder(Path file, long maxBytes, RecordingHeader header, Runnable whenFull) {
    this(file, maxBytes, header, whenFull, BUFFERS);
    begin();
  }

  /** For tests: nobody drains the queue before {@link #begin}. */
  Recorder(Path file, long maxBytes, RecordingHeader header, Runnable whenFull, int buffers) {
    full = new ArrayBlockingQueue<>(buffers);
    this.file = file;
    this.maxBytes = maxBytes;
    this.whenFull = whenFull;
    try {
      moveAway(file);
      writer = new RecordingWriter(file, header);
    } catch (IOException e) {
      throw new Failure(
          "cannot write a recording to " + file + " (" + e + "): name a file that can be written.",
          e);
    }
    bytes = writer.bytes();
  }

  void begin() {
    thread.start();
  }

  private static void moveAway(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (int number = 1; ; number++) {
      Path older = file.resolveSibling(file.getFileName() + "." + number);
      if (!Files.exists(older)) {
        Files.move(file, older);
        logger.info("the former recording {} is now {}", file, older);
        return;
      }
    }
  }

  /** What became of the entries so far. */
  public Account account() {
    return new Account(written.sum(), dropped.sum(), bytes);
  }

  @Override
  public void attached(long nowNs, List<String> hooks) {
    room().attached(nowNs, hooks);
  }

  @Override
  public void record(MemorySegment data, long record, int length) {
    room().record(data, record, length);
  }

  @Override
  public void row(MemorySegment data, long record, int length) {
    room().row(data, record, length);
  }

  @Override
  public void clock(long offsetNs) {
    this.offsetNs = offsetNs;
    room().clock(offsetNs);
  }

  @Override
  public void time(long nowNs) {
    room().time(nowNs);
  }

  /** Once a second: what is there by then is written. */
  @Override
  public void ledger(long nowNs, KernelLedger kernel, long missedPrograms) {
    room().ledger(nowNs, kernel, missedPrograms);
    handOn();
  }

  @Override
  public void detached(long nowNs, KernelLedger kernel) {
    room().detached(nowNs, kernel);
    handOn();
  }

  @Override
  public void dropped(long calls) {
    room().dropped(calls);
  }

  private EntryBuffer room() {
    if (!filling.hasRoom()) {
      handOn();
    }
    if (untold > 0 && filling.entries() == 0) {
      filling.dropped(untold);
      filling.clock(offsetNs); // one may have been among them
      telling = untold;
      untold = 0;
    }
    return filling;
  }

  private void handOn() {
    if (filling.entries() == 0) {
      return;
    }
    if (full.offer(filling)) {
      EntryBuffer empty = free.poll();
      filling = empty == null ? new EntryBuffer() : empty;
    } else {
      int lost = filling.entries() - (telling == 0 ? 0 : TELLING_ENTRIES);
      untold = telling + lost;
      dropped.add(lost);
      filling.clear();
    }
    telling = 0;
  }

  private void drain() {
    try {
      while (!closing || !full.isEmpty()) {
        EntryBuffer next = full.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          write(next);
          next.clear();
          boolean ignored = free.offer(next); // else it is garbage
        }
      }
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(EntryBuffer entries) {
    if (over) {
      dropped.add(entries.entries());
      return;
    }
    if (writer.most(entries) + END_BYTES > maxBytes) {
      logger.warn(
          "the recording {} has {} bytes and ends here: its limit is {}",
          file,
          writer.bytes(),
          maxBytes);
      dropped.add(entries.entries());
      end();
      whenFull.run();
      return;
    }
    try {
      writer.write(entries);
      written.add(entries.entries());
      bytes = writer.bytes();
    } catch (IOException e) {
      // what follows upon a part of a buffer could not be read
      over = true;
      dropped.add(entries.entries());
      logger.warn("the recording {} cannot be written ({}): it ends here", file, e.toString());
    }
  }

  private void end() {
    if (over) {
      return;
    }
    over = true;
    EntryBuffer last = new EntryBuffer();
    last.finish();
    try {
      writer.write(last);
      bytes = writer.bytes();
    } catch (IOException e) {
      logger.warn("the recording {} could not be ended", file, e);
    }
  }

  /** Writes what is there, for two seconds at most. Nobody feeds any more. */
  @Override
  public void close() {
    if (untold > 0) {
      room();
    }
    handOn();
    closing = true;
    try {
      thread.join(STOP_MS);
      if (thread.isAlive()) {
        logger.warn("the recording {} could not be written to its end in time", file);
        return;
      }
      writer.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      logger.warn("the recording {} could not be closed", file, e);
    }
  }
}
