package dev.meshpath.collector.meshpath.foreign;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathState;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.MeshId;
import dev.meshpath.net.MacAddress;
import dev.meshpath.net.NetDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From the other tool's events to ours. Its time is that of the world, so CLOCK_MONOTONIC of the
 * recording is, too. For one file.
 */
final class Translation {
  /** What a path that gets a next hop becomes in net/mac80211/mesh_pathtbl.c:mesh_path_activate. */
  private static final int ACTIVE_RESOLVED = 0x11;

  /** The same by mesh_path_fix_nexthop, the only way from a command to a next hop. */
  private static final int FIXED = 0x08;

  private final MeshId meshId;
  private final Map<Path, Long> entries = new HashMap<>();
  private long lastEntry;

  /** A path, while it exists. */
  private record Path(long mac, String iface, long destination) {}

  /**
   * @param meshId which the files do not tell
   */
  Translation(MeshId meshId) {
    this.meshId = meshId;
  }

  /**
   * What an event says, in the order in which the kernel does it.
   *
   * @param frame that it is about; null if none was found
   */
  List<MeshPathEvent> events(ForeignEvent event, Action action, Capture.@Nullable Captured frame) {
    Path path = new Path(event.mac(), event.iface(), event.destination());
    if (action.adds()) {
      entries.put(path, ++lastEntry);
    }
    long entry = entries.computeIfAbsent(path, _ -> ++lastEntry);
    Cause cause = cause(event, action, frame);
    boolean byUser = action.cause() == PathCause.USER;
    MeshPathState blank = state(MacAddress.NONE, 0);
    MeshPathState before =
        event.oldNextHop() == MacAddress.NONE ? blank : state(event.oldNextHop(), 0);
    MeshPathState after =
        state(event.newNextHop(), byUser ? ACTIVE_RESOLVED | FIXED : ACTIVE_RESOLVED);
    List<MeshPathEvent> events = new ArrayList<>();
    if (action.adds()) {
      events.add(event(event, entry, MeshPathChange.ADD, null, blank, cause));
    }
    if (action.next() != Action.Next.NONE) {
      events.add(event(event, entry, nextHop(event, action), before, after, cause));
      if (byUser) {
        events.add(event(event, entry, MeshPathChange.FIX, after, after, cause));
      }
    }
    if (action.deletes()) {
      events.add(event(event, entry, MeshPathChange.DELETE, before, null, cause));
      entries.remove(path);
    }
    return events;
  }

  private static MeshPathChange nextHop(ForeignEvent event, Action action) {
    if (action.next() == Action.Next.FIRST) {
      return MeshPathChange.ASSIGN;
    }
    return event.oldNextHop() == event.newNextHop()
        ? MeshPathChange.REASSIGN
        : MeshPathChange.CHANGE;
  }

  /** The frame's own record, which comes after its events; null: it is no received action frame. */
  @Nullable MeshFrame frame(ForeignEvent event, Action action, Capture.@Nullable Captured frame) {
    if (frame == null
        || action.cause() != PathCause.UNKNOWN
        || frame.frame().frame().elements().isEmpty()) {
      return null;
    }
    Cause itself = cause(event, action, frame);
    return new MeshFrame(
        event.epochNs(),
        0,
        device(event),
        MeshFrame.Direction.RECEIVED,
        event.epochNs(),
        0,
        0,
        frame.snapshot(),
        itself);
  }

  private static Cause cause(
      ForeignEvent event, Action action, Capture.@Nullable Captured captured) {
    if (captured == null) {
      return Cause.of(action.cause());
    }
    FrameSnapshot frame = captured.snapshot();
    Cause of =
        new Cause(action.cause(), 0, 0, event.epochNs(), 0, 0, transmitter(captured), 0, frame);
    return action.cause() == PathCause.UNKNOWN
        ? new Cause(element(of), 0, 0, event.epochNs(), 0, 0, of.peer(), 0, frame)
        : of;
  }

  private static long transmitter(Capture.Captured captured) {
    return captured.frame().frame().header().address2();
  }

  /** The ids of IEEE 802.11-2020, table 9-92. */
  private static PathCause element(Cause cause) {
    return switch (cause.element()) {
      case 126 -> PathCause.RANN;
      case 130 -> PathCause.PREQ;
      case 131 -> PathCause.PREP;
      case 132 -> PathCause.PERR;
      default -> PathCause.UNKNOWN;
    };
  }

  private MeshPathEvent event(
      ForeignEvent event,
      long entry,
      MeshPathChange change,
      @Nullable MeshPathState before,
      @Nullable MeshPathState after,
      Cause cause) {
    return new MeshPathEvent(
        event.epochNs(),
        0,
        device(event),
        event.destination(),
        entry,
        change,
        0,
        0,
        before,
        after,
        cause);
  }

  private MeshPathEvent.Device device(ForeignEvent event) {
    return MeshPathEvent.Device.of(new NetDevice(0, 0, event.iface(), event.mac()), meshId);
  }

  private static MeshPathState state(long nextHop, int flags) {
    return new MeshPathState(nextHop, 0, 0, 0, flags, 0, false, false);
  }
}
