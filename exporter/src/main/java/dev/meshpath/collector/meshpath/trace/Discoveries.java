package dev.meshpath.collector.meshpath.trace;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The discoveries of this node that are under way, by the address of the path's entry. What happens
 * before the PREQ goes out waits for it, because only the PREQ has the sequence number that makes
 * the trace. Bounded: the oldest is given up.
 */
final class Discoveries {
  private static final int LIMIT = 1024;

  /** Events of one path that wait for its PREQ. */
  private static final int WAITING_LIMIT = 8;

  private final Map<Long, Discovery> underWay = new LinkedHashMap<>();

  /** One path's discovery. */
  static final class Discovery {
    private final List<MeshPathEvent> waiting = new ArrayList<>(2);
    private @Nullable Attempt attempt;
    private boolean answered;

    /** The attempt that waits for its answer; null before the first PREQ. */
    @Nullable Attempt attempt() {
      return attempt;
    }

    /** The attempt if its answer has not come yet, else null. */
    @Nullable Attempt unanswered() {
      return answered ? null : attempt;
    }

    /** The answer came; the kernel ends the discovery later, by its timer. */
    void answer() {
      answered = true;
    }
  }

  /**
   * One PREQ and what came of it.
   *
   * @param number from 1 on
   * @param trace of this attempt
   * @param root its span, which ends with the attempt
   * @param beganNs when somebody wanted the path, or the former attempt was given up;
   *     CLOCK_MONOTONIC
   * @param device which one asks
   * @param destination whom it asks for
   * @param cause who wanted it
   * @param former the attempt before
   */
  record Attempt(
      int number,
      String trace,
      String root,
      long beganNs,
      MeshPathEvent.Device device,
      long destination,
      Cause cause,
      @Nullable Attempt former) {}

  @Nullable Discovery find(long meshPath) {
    return underWay.get(meshPath);
  }

  /** An event that waits until its trace is known; returns what had to be given up for it. */
  List<MeshPathEvent> await(MeshPathEvent event) {
    List<MeshPathEvent> given = makeRoom(event.meshPath());
    Discovery discovery = underWay.computeIfAbsent(event.meshPath(), ignored -> new Discovery());
    if (discovery.waiting.size() == WAITING_LIMIT) {
      given.add(discovery.waiting.removeFirst());
    }
    discovery.waiting.add(event);
    return given;
  }

  /** A PREQ goes out; returns the events that waited for it. */
  List<MeshPathEvent> begin(long meshPath, Attempt attempt) {
    Discovery discovery = underWay.computeIfAbsent(meshPath, ignored -> new Discovery());
    discovery.attempt = attempt;
    discovery.answered = false;
    List<MeshPathEvent> waited = List.copyOf(discovery.waiting);
    discovery.waiting.clear();
    return waited;
  }

  /** It is over; returns it, if there was one. */
  @Nullable Discovery end(long meshPath) {
    return underWay.remove(meshPath);
  }

  /** Events of a discovery that never was, when its path goes. */
  static List<MeshPathEvent> waiting(Discovery discovery) {
    return discovery.waiting;
  }

  private List<MeshPathEvent> makeRoom(long meshPath) {
    List<MeshPathEvent> given = new ArrayList<>();
    if (underWay.size() >= LIMIT && !underWay.containsKey(meshPath)) {
      Map.Entry<Long, Discovery> eldest = underWay.entrySet().iterator().next();
      given.addAll(eldest.getValue().waiting);
      underWay.remove(eldest.getKey());
    }
    return given;
  }
}
