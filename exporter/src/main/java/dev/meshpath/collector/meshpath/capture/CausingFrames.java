package dev.meshpath.collector.meshpath.capture;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.identity.EventTraces;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.file.PcapngWriter.Captured;
import dev.meshpath.frame.file.PcapngWriter.Device;
import dev.meshpath.frame.file.PcapngWriter.Direction;
import dev.meshpath.record.KernelClock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * From events and frames to packets, one for each frame, with a comment for each event that it
 * caused. A path selection or peering frame is a packet when its own record comes, which is after
 * its events. A data frame has no record, and what it caused may get its trace only from the PREQ
 * that goes out then: it waits for a second, and so does what lost its record. Bounded: the oldest
 * goes at once. For one thread.
 */
final class CausingFrames {
  private static final long HOLD_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int LIMIT = 1024;

  /** IEEE 802.11-2020, 9.2.4.1.3: version 0, management, action. */
  private static final byte ACTION = (byte) 0xd0;

  private final boolean allFrames;
  private final KernelClock clock;
  private final Consumer<Captured> packets;
  private final EventTraces traces = new EventTraces();
  private final Map<Handling, Caused> held = new LinkedHashMap<>();

  /**
   * @param allFrames whether frames that caused nothing, and sent ones, are packets, too
   * @param packets where they go
   */
  CausingFrames(boolean allFrames, KernelClock clock, Consumer<Captured> packets) {
    this.allFrames = allFrames;
    this.clock = clock;
    this.packets = packets;
  }

  /** The handling of a frame, see {@link Cause#beganNs}. A frame that is sent is no reception. */
  private record Handling(int netns, int ifindex, long beganNs, boolean action) {}

  /** A frame, and the events of it so far. */
  private static final class Caused {
    private final long sinceNs;
    private final MeshPathEvent first;
    private final List<Noted> events = new ArrayList<>(2);

    Caused(long sinceNs, MeshPathEvent first) {
      this.sinceNs = sinceNs;
      this.first = first;
    }
  }

  /** An event with its trace, null as long as that waits for a PREQ. */
  private static final class Noted {
    private final MeshPathEvent event;
    private @Nullable String trace;

    Noted(MeshPathEvent event, @Nullable String trace) {
      this.event = event;
      this.trace = trace;
    }
  }

  /**
   * @param nowNs on whichever clock {@link #expire} is told, too
   */
  void onEvent(MeshPathEvent event, long nowNs) {
    if (event.change().subject() == MeshPathChange.Subject.WALK) {
      return;
    }
    String trace = traces.of(event, clock.epochNs(event.ktimeNs()));
    Cause cause = event.cause();
    if (cause.frame().isPresent()) {
      boolean action = isAction(cause.frame());
      Handling handling =
          new Handling(
              event.device().netns(),
              event.device().ifindex(),
              cause.beganNs() == 0 ? event.ktimeNs() : cause.beganNs(),
              action);
      held.computeIfAbsent(handling, ignored -> new Caused(nowNs, event))
          .events
          .add(new Noted(event, trace));
      if (held.size() > LIMIT) {
        release(held.remove(held.keySet().iterator().next()));
      }
    }
    if (EventTraces.endsDiscovery(event)) {
      settle(event.meshPath(), null);
    }
  }

  /** As {@link #onEvent}; a received frame comes after its events. */
  void onFrame(MeshFrame frame) {
    String trace = traces.of(frame, clock.epochNs(frame.ktimeNs()));
    if (frame.attempt() != 0 && !trace.isEmpty()) {
      settle(frame.meshPath(), trace);
    }
    boolean received = frame.direction() == MeshFrame.Direction.RECEIVED;
    Caused caused = null;
    if (received) {
      caused =
          held.remove(
              new Handling(
                  frame.device().netns(), frame.device().ifindex(), frame.beganNs(), true));
    }
    if (caused != null || allFrames) {
      List<String> comments =
          caused == null
              ? List.of(
                  new EventNote(received ? EventNote.RECEIVED : EventNote.SENT, "", trace)
                      .toString())
              : comments(caused);
      packets.accept(
          packet(
              frame.device(),
              frame.beganNs(),
              received ? Direction.INBOUND : Direction.OUTBOUND,
              frame.frame(),
              comments));
    }
  }

  /** Lets go what waits for too long. */
  void expire(long nowNs) {
    Iterator<Caused> oldest = held.values().iterator();
    while (oldest.hasNext()) {
      Caused caused = oldest.next();
      if (nowNs - caused.sinceNs < HOLD_NS) {
        return;
      }
      oldest.remove();
      release(caused);
    }
  }

  /** Lets everything go. */
  void end() {
    held.values().forEach(this::release);
    held.clear();
  }

  /**
   * The discovery of a path has its trace, or will have none.
   *
   * @param trace null: each event is one of its own
   */
  private void settle(long meshPath, @Nullable String trace) {
    for (Caused caused : held.values()) {
      for (Noted noted : caused.events) {
        if (noted.trace == null && noted.event.meshPath() == meshPath) {
          noted.trace = trace == null ? traces.alone(noted.event) : trace;
        }
      }
    }
  }

  private void release(@Nullable Caused caused) {
    if (caused == null) {
      return;
    }
    Cause cause = caused.first.cause();
    boolean sent = cause.kind() == PathCause.DATA_TX || cause.kind() == PathCause.TX_FAILURE;
    packets.accept(
        packet(
            caused.first.device(),
            cause.beganNs() == 0 ? caused.first.ktimeNs() : cause.beganNs(),
            sent ? Direction.OUTBOUND : Direction.INBOUND,
            cause.frame(),
            comments(caused)));
  }

  private List<String> comments(Caused caused) {
    List<String> comments = new ArrayList<>(caused.events.size());
    for (Noted noted : caused.events) {
      String trace = noted.trace == null ? traces.alone(noted.event) : noted.trace;
      comments.add(EventNote.of(noted.event, trace).toString());
    }
    return comments;
  }

  private Captured packet(
      MeshPathEvent.Device device,
      long beganNs,
      Direction direction,
      FrameSnapshot frame,
      List<String> comments) {
    CapturedBytes captured = CapturedBytes.of(frame);
    return new Captured(
        new Device(
            device.deviceName(),
            "mesh " + device.meshId().text() + ", network namespace " + netns(device),
            device.address(),
            captured.linkType()),
        clock.epochNs(beganNs),
        direction,
        captured.bytes(),
        captured.length(),
        comments);
  }

  private static String netns(MeshPathEvent.Device device) {
    return Integer.toUnsignedString(device.netns());
  }

  private static boolean isAction(FrameSnapshot frame) {
    return frame.form() == FrameSnapshot.Form.IEEE80211
        && frame.bytes().length > 0
        && frame.bytes()[0] == ACTION;
  }
}
