package dev.meshpath.collector.meshpath.identity;

import dev.meshpath.bounded.YoungestMap;
import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.PathCause;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which trace an event is of, for whoever has no spans: the same ids as the spans have. Wants each
 * event and each frame, in their order. Bounded: of discoveries the oldest is forgotten. For one
 * thread.
 */
public final class EventTraces {
  /** IEEE 802.11-2020, table 9-49: what net/mac80211/mesh_hwmp.c:mesh_plink_broken says. */
  private static final int DESTINATION_UNREACHABLE = 63;

  private static final int LIMIT = 1024;

  private final HwmpIds ids = new HwmpIds();
  private final TraceOfFrame frames = new TraceOfFrame(ids);

  /** Of each path that is asked for: the trace of its last PREQ. */
  private final Map<Long, String> discoveries = new YoungestMap<>(LIMIT);

  /**
   * The trace of a frame, 32 hexadecimal digits; empty if it is of none. That of a discovery's PREQ
   * is from now on the trace of what happens to its path.
   *
   * @param epochNs when it was
   */
  public String of(MeshFrame frame, long epochNs) {
    TraceOfFrame.Placed placed = frames.place(frame.frame(), frame.device().meshId(), epochNs);
    String trace = placed == null ? "" : placed.trace();
    if (frame.attempt() != 0 && !trace.isEmpty()) {
      discoveries.put(frame.meshPath(), trace);
    }
    return trace;
  }

  /**
   * The trace of an event; null if it waits for the PREQ of its path, which has the sequence number
   * that makes the trace. If the PREQ does not come, {@link #alone} tells.
   *
   * @param epochNs when it was
   */
  public @Nullable String of(MeshPathEvent event, long epochNs) {
    String trace = find(event, epochNs);
    if (endsDiscovery(event)) {
      discoveries.remove(event.meshPath());
    }
    return trace;
  }

  private @Nullable String find(MeshPathEvent event, long epochNs) {
    if (event.cause().element() != 0) {
      TraceOfFrame.Placed placed =
          frames.place(event.cause().frame(), event.device().meshId(), epochNs);
      return placed == null ? alone(event) : placed.trace();
    }
    if (isOfDiscovery(event)) {
      return discoveries.get(event.meshPath());
    }
    if (event.change() == MeshPathChange.DEACTIVATE && event.after() != null) {
      return ids.traceOfError(
          event.device().meshId(),
          event.destination(),
          event.after().sequenceNumber(),
          DESTINATION_UNREACHABLE,
          0);
    }
    return alone(event);
  }

  /** The trace of what one command, one timer, one lost peer or one data frame did here. */
  public String alone(MeshPathEvent event) {
    Cause cause = event.cause();
    long beganNs = cause.beganNs() != 0 ? cause.beganNs() : event.ktimeNs();
    return ids.traceOfCause(
        event.device().meshId(), event.device().address(), cause.kind().word(), beganNs);
  }

  /** Whether an event is one before the PREQ, or of its timer. */
  private static boolean isOfDiscovery(MeshPathEvent event) {
    return event.meshPath() != 0
        && (event.change().subject() == MeshPathChange.Subject.DISCOVERY
            || (event.change() == MeshPathChange.ADD && event.cause().kind() == PathCause.DATA_TX));
  }

  /** Whether the kernel looks for the path no more. */
  public static boolean endsDiscovery(MeshPathEvent event) {
    return switch (event.change()) {
      case DISCOVERY_ENDED, DISCOVERY_FAILED, DELETE -> true;
      default -> false;
    };
  }
}
