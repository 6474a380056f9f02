package dev.meshpath.bench;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathState;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.MeshId;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** What this thread allocates, and what it has to: an event is decoded into immutable objects. */
final class RecordSize {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int TIMES = 10_000;

  /** Keeps the compiler from leaving the objects out. */
  @SuppressWarnings("UnusedVariable")
  private static volatile @Nullable MeshPathEvent kept;

  private RecordSize() {}

  /** Bytes that this thread has allocated since its start. */
  static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /** Bytes of an event as ring_fill emits them: one in four has no state before. */
  static double ofDecodedEvent() {
    long before = allocated();
    for (int i = 0; i < TIMES; i++) {
      kept =
          new MeshPathEvent(
              i,
              0,
              new MeshPathEvent.Device(1, 1, i, i, i, MeshId.NONE),
              i,
              i,
              MeshPathChange.ASSIGN,
              0,
              0,
              i % FilledRing.CHANGES == 0
                  ? null
                  : new MeshPathState(i, i, i, i, i, i, false, false),
              new MeshPathState(i, i, i, i, i, i, false, false),
              new Cause(PathCause.PREQ, i, i, i, i, i, i, i, FrameSnapshot.NONE));
    }
    return (double) (allocated() - before) / TIMES;
  }
}
