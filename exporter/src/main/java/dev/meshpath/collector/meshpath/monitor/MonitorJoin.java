package dev.meshpath.collector.meshpath.monitor;

import dev.meshpath.collector.Aside;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathListener;
import dev.meshpath.frame.file.AirFrame;
import java.time.Duration;
import java.util.List;

/**
 * The join on a thread of its own, for the ring's thread and that of the monitor interface. Those
 * who come after it are called on this thread, and up to the window late. Thread-safe.
 */
public final class MonitorJoin implements MeshPathListener, AutoCloseable {
  /** A storm of some seconds. */
  private static final int QUEUE = 16_384;

  private static final long LOOK_MS = 100;

  private final FrameJoin join;
  private final Aside aside;

  /**
   * Begins.
   *
   * @param listeners get what the kernel did, in its order
   * @param window how long both sides wait for each other
   */
  public MonitorJoin(List<MeshPathListener> listeners, Duration window) {
    this(listeners, window, QUEUE);
    aside.start();
  }

  /** For tests: nothing is done before {@link #close}. */
  MonitorJoin(List<MeshPathListener> listeners, Duration window, int queueItems) {
    join = new FrameJoin(new Each(List.copyOf(listeners)), window.toNanos());
    aside =
        new Aside(
            "monitor-join", queueItems, LOOK_MS, () -> join.advance(System.nanoTime()), join::end);
  }

  private record Each(List<MeshPathListener> listeners) implements MeshPathListener {
    @Override
    public void onEvent(MeshPathEvent event) {
      listeners.forEach(listener -> listener.onEvent(event));
    }

    @Override
    public void onFrame(MeshFrame frame) {
      listeners.forEach(listener -> listener.onFrame(frame));
    }
  }

  @Override
  public void onEvent(MeshPathEvent event) {
    aside.offer(() -> join.onEvent(event, System.nanoTime()));
  }

  @Override
  public void onFrame(MeshFrame frame) {
    aside.offer(() -> join.onFrame(frame, System.nanoTime()));
  }

  /** The monitor interface has heard a frame. */
  public void onHeard(AirFrame frame) {
    aside.offer(() -> join.onHeard(frame, System.nanoTime()));
  }

  /** Events and frames, of the kernel or of the air, that found the queue full. */
  long dropped() {
    return aside.dropped();
  }

  /** The account of what was heard and of what the kernel had. */
  FrameJoin join() {
    return join;
  }

  /** Hands on all that is queued, for three seconds at most. */
  @Override
  public void close() {
    aside.close();
  }
}
