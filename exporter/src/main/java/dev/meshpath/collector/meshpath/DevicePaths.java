package dev.meshpath.collector.meshpath;

import dev.meshpath.net.NetDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** The paths and the counters of one device. Guarded by the ring's lock. */
final class DevicePaths {
  private final int destinationLimit;
  private final long retentionNs;
  private final Long2ObjectHashMap<MeshPath> paths = new Long2ObjectHashMap<>();

  /** Listed destinations whose entry is gone, oldest first; the others are removed at once. */
  private final ArrayDeque<MeshPath> gone = new ArrayDeque<>();

  /** By {@link MeshPathChange#code}. */
  private final long[] events = new long[MeshPathChange.CODES];

  private MeshPathEvent.Device device;
  private int listed;
  private long otherChanges;
  private long unlisted;
  private long lastEventNs;

  DevicePaths(MeshPathEvent.Device device, int destinationLimit, long retentionNs) {
    this.device = device;
    this.destinationLimit = destinationLimit;
    this.retentionNs = retentionNs;
  }

  boolean is(MeshPathEvent.Device other) {
    return device.ifindex() == other.ifindex() && device.netns() == other.netns();
  }

  boolean isNamed(MeshPathEvent.Device other) {
    return device.netns() == other.netns()
        && device.nameLow() == other.nameLow()
        && device.nameHigh() == other.nameHigh();
  }

  /**
   * A device of that name came in place of the former one: its counters go on, its paths do not.
   */
  void replaceDevice(MeshPathEvent.Device successor, long nowNs) {
    device = successor;
    for (MeshPath path : new ArrayList<>(paths.values())) {
      if (path.alive) {
        bury(path, nowNs);
      }
    }
  }

  void rename(MeshPathEvent.Device renamed) {
    device = renamed;
  }

  boolean hasLivePaths() {
    return paths.size() > gone.size();
  }

  long lastEventNs() {
    return lastEventNs;
  }

  void apply(MeshPathEvent event) {
    events[event.change().code()]++;
    lastEventNs = event.ktimeNs();
    switch (event.change()) {
      case ADD, ASSIGN, REASSIGN -> take(live(event), event.after());
      case CHANGE -> {
        MeshPath path = live(event);
        take(path, event.after());
        if (path.listed) {
          path.changes++;
        } else {
          otherChanges++;
        }
      }
      case DELETE -> {
        MeshPath path = paths.get(event.destination());
        if (path != null && path.alive) {
          bury(path, event.ktimeNs());
        }
      }
      case ADD_FAILED -> {}
    }
  }

  /** Forgets the counters of destinations that are gone for longer than they are kept. */
  void forget(long nowNs) {
    while (!gone.isEmpty() && nowNs - gone.getFirst().goneSinceNs > retentionNs) {
      forgetOldest();
    }
  }

  MeshPathTable.DeviceSnapshot snapshot() {
    List<MeshPathTable.PathSnapshot> rows = new ArrayList<>(listed);
    for (MeshPath path : paths.values()) {
      if (path.listed) {
        rows.add(
            new MeshPathTable.PathSnapshot(
                path.destination,
                path.alive,
                path.nextHop,
                Integer.toUnsignedLong(path.airtimeMetric),
                path.hopCount,
                path.changes));
      }
    }
    rows.sort(Comparator.comparingLong(MeshPathTable.PathSnapshot::destination));
    return new MeshPathTable.DeviceSnapshot(
        netDevice(), eventCounts(), rows, otherChanges, unlisted);
  }

  private Map<MeshPathChange, Long> eventCounts() {
    Map<MeshPathChange, Long> counts = new EnumMap<>(MeshPathChange.class);
    for (MeshPathChange change : MeshPathChange.values()) {
      counts.put(change, events[change.code()]);
    }
    return counts;
  }

  private static void take(MeshPath path, @Nullable MeshPathState after) {
    if (after != null) {
      path.take(after);
    }
  }

  private MeshPath live(MeshPathEvent event) {
    MeshPath path = paths.get(event.destination());
    if (path == null) {
      path = new MeshPath(event.destination());
      paths.put(event.destination(), path);
    }
    if (!path.alive) {
      path.alive = true;
      if (path.listed) {
        gone.remove(path);
      }
    }
    if (!path.listed) {
      list(path);
    }
    return path;
  }

  /** Gives a destination series of its own if there is room, at the cost of one that is gone. */
  private void list(MeshPath path) {
    if (listed >= destinationLimit && !gone.isEmpty()) {
      forgetOldest();
    }
    if (listed < destinationLimit) {
      path.listed = true;
      listed++;
    } else if (!path.counted) {
      path.counted = true;
      unlisted++;
    }
  }

  private void bury(MeshPath path, long nowNs) {
    path.alive = false;
    path.goneSinceNs = nowNs;
    if (path.listed) {
      gone.addLast(path);
    } else {
      paths.remove(path.destination);
    }
  }

  private void forgetOldest() {
    MeshPath oldest = gone.removeFirst();
    paths.remove(oldest.destination);
    listed--;
  }

  private NetDevice netDevice() {
    byte[] name = new byte[2 * Long.BYTES];
    ByteBuffer.wrap(name)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(device.nameLow())
        .putLong(device.nameHigh());
    String text = new String(name, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return new NetDevice(
        device.netns(),
        device.ifindex(),
        end < 0 ? text : text.substring(0, end),
        device.address());
  }
}
