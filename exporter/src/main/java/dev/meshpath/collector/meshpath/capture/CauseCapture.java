package dev.meshpath.collector.meshpath.capture;

import dev.meshpath.collector.Aside;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathListener;
import dev.meshpath.failure.Failure;
import dev.meshpath.frame.file.CaptureException;
import dev.meshpath.frame.file.PcapngWriter.Captured;
import dev.meshpath.record.KernelClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the frames that caused something, on a thread of its own: the ring's thread only puts into
 * a queue, and what finds that full is counted and gone. Thread-safe.
 */
public final class CauseCapture implements MeshPathListener, AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(CauseCapture.class);

  /** A storm of some seconds; a record and its frame take half a kilobyte. */
  private static final int QUEUE = 16_384;

  private static final long LOOK_MS = 200;

  private final CaptureFiles files;
  private final CausingFrames frames;

  /** The line's, and the one of what was taken out of the queue. */
  private final KernelClock lineClock;

  private final KernelClock clock = new KernelClock();
  private final LongSupplier nowNs;
  private final LongAdder written = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Aside aside;
  private boolean failing;

  /** When that was seen which was taken out of the queue last, CLOCK_MONOTONIC. */
  private long lastNs;

  /**
   * What and where.
   *
   * @param file the current one; older ones are beside it
   * @param maxBytes of all files together
   * @param maxAge of a packet
   * @param allFrames whether frames that caused nothing are written, too
   * @param program who writes, with its version
   */
  public record Settings(
      Path file, long maxBytes, Duration maxAge, boolean allFrames, String program) {}

  /**
   * What became of the packets.
   *
   * @param written packets in a file
   * @param dropped events and frames that found the queue full, and packets that the disk refused
   * @param bytes of the written packets, with what stands around them in the file
   */
  public record Account(long written, long dropped, long bytes) {}

  /**
   * Opens the file and begins.
   *
   * @param lineClock as it is when an event or a frame comes
   * @param nowNs CLOCK_MONOTONIC, of this machine or of a recorded one
   * @throws Failure if it cannot be written, or is none of ours
   */
  public CauseCapture(Settings settings, KernelClock lineClock, LongSupplier nowNs) {
    this(settings, lineClock, nowNs, QUEUE);
    aside.start();
  }

  /** For tests: nobody drains the queue before {@link #close}. */
  CauseCapture(Settings settings, KernelClock lineClock, LongSupplier nowNs, int queueItems) {
    this.lineClock = lineClock;
    this.nowNs = nowNs;
    files = open(settings);
    frames = new CausingFrames(settings.allFrames(), clock, this::write);
    aside = new Aside("capture", queueItems, LOOK_MS, this::look, frames::end);
  }

  private static CaptureFiles open(Settings settings) {
    try {
      return new CaptureFiles(
          settings.file(), settings.maxBytes(), settings.maxAge().toNanos(), settings.program());
    } catch (CaptureException e) {
      throw new Failure(
          settings.file()
              + " (or an older file beside it) "
              + e.what()
              + ": move it away, or name another with --capture.file.",
          e);
    } catch (IOException e) {
      throw new Failure(
          "cannot write captures to "
              + settings.file()
              + " ("
              + e
              + "): name a file that can be written with --capture.file.",
          e);
    }
  }

  @Override
  public void onEvent(MeshPathEvent event) {
    offer(() -> frames.onEvent(event, lastNs));
  }

  @Override
  public void onFrame(MeshFrame frame) {
    offer(() -> frames.onFrame(frame));
  }

  /** With the times of now: it may take a while until it is done. */
  private void offer(Runnable work) {
    long atNs = nowNs.getAsLong();
    long offsetNs = lineClock.offsetNs();
    aside.offer(
        () -> {
          lastNs = atNs;
          clock.set(offsetNs);
          work.run();
        });
  }

  /** What became of the packets so far. */
  public Account account() {
    return new Account(written.sum(), aside.dropped() + refused.sum(), bytes.sum());
  }

  /** Whether the queue is half full: whoever can wait should. */
  public boolean isCrowded() {
    return aside.waiting() > QUEUE / 2;
  }

  /** Copies the packets that {@code selection} takes, as a capture of their own. */
  public void copy(CaptureSelection selection, OutputStream to) throws IOException {
    files.copy(selection, to);
  }

  /** Writes what is queued, for three seconds at most. */
  @Override
  public void close() {
    aside.close();
    try {
      files.close();
    } catch (IOException e) {
      logger.warn("the capture could not be closed", e);
    }
  }

  private void look() {
    long idleNs = nowNs.getAsLong(); // what was seen by then is in the queue, or was
    long untilNs = aside.waiting() == 0 ? idleNs : lastNs;
    frames.expire(untilNs);
    expire(untilNs);
  }

  private void write(Captured packet) {
    try {
      bytes.add(files.write(packet));
      written.increment();
      failing = false;
    } catch (IOException e) {
      refused.increment();
      say(e);
    }
  }

  private void expire(long ktimeNs) {
    try {
      files.expire(clock.epochNs(ktimeNs));
    } catch (IOException e) {
      say(e);
    }
  }

  /** Once, until it works again: a full disk would fill the log, too. */
  private void say(IOException e) {
    if (!failing) {
      failing = true;
      logger.warn("captures cannot be written ({}): they are counted as dropped", e.toString());
    }
  }
}
