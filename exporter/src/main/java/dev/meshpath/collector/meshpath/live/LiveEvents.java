package dev.meshpath.collector.meshpath.live;

import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathListener;
import dev.meshpath.record.KernelClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps the last events for any number of readers, each of which goes on where it was. It is their
 * queue, too: the ring's thread stores two words and wakes nobody, and who is slower than the room
 * lasts learns how many it missed. Thread-safe: one thread writes, any may read.
 */
public final class LiveEvents implements MeshPathListener {
  /** What a newcomer may have of the past. */
  public static final int KEPT = 200;

  /** A storm between two looks of a reader; each event takes half a kilobyte. */
  private static final int ROOM = 1024;

  private final AtomicReferenceArray<LiveEvent> room = new AtomicReferenceArray<>(ROOM);
  private final KernelClock clock;
  private volatile long newest;

  /**
   * @param clock the line's
   */
  public LiveEvents(KernelClock clock) {
    this.clock = clock;
  }

  /**
   * What a reader has not seen.
   *
   * @param missed so many were overwritten before it came, the oldest ones
   * @param events in their order; the last one's number is where to go on
   */
  public record Batch(long missed, List<LiveEvent> events) {}

  @Override
  public void onEvent(MeshPathEvent event) {
    // elements that told nothing new are as many as frames: they would leave no room for events
    if (event.change() == MeshPathChange.HWMP_IGNORED) {
      return;
    }
    long number = newest + 1;
    room.set((int) (number % ROOM), new LiveEvent(number, clock.epochNs(event.ktimeNs()), event));
    newest = number;
  }

  @Override
  public void onFrame(MeshFrame frame) {}

  /** The number of the last event; 0: none yet. */
  public long newest() {
    return newest;
  }

  /**
   * What came after event number {@code after}; nobody waits for anything.
   *
   * @param most so many at most
   */
  public Batch after(long after, int most) {
    long last = newest;
    long first = Math.max(after + 1, last - ROOM + 1);
    List<LiveEvent> events = new ArrayList<>();
    for (long number = first; number <= last && events.size() < most; number++) {
      LiveEvent event = room.get((int) (number % ROOM));
      if (event != null && event.number() == number) {
        events.add(event);
      } else {
        // overwritten while we read: so are those before it
        events.clear();
        first = number + 1;
      }
    }
    return new Batch(first - after - 1, events);
  }
}
