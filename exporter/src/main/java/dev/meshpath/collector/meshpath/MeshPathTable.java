package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.meshpath.churn.ChurnMeasures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mesh path tables of all watched devices as the events built them, with the counters of what
 * happened. Bounded, whatever happens in the air: so many destinations with series of their own a
 * device, the kernel's own limit of entries, so many devices.
 *
 * <p>Not thread-safe: guarded by the lock of the ring that feeds it.
 */
public final class MeshPathTable {
  /** More than any host has; a bound for hosts that make and remove devices all day. */
  private static final int DEVICE_LIMIT = 64;

  /**
   * Two jiffies at the lowest CONFIG_HZ: so much later than its expiry time an expired path is
   * expired for the kernel, too, whose clock ticks (include/linux/jiffies.h:time_after).
   */
  static final long EXPIRY_MARGIN_NS = 20_000_000;

  /**
   * How long a walk waits for events that are under way. The kernel changes an entry first and
   * calls what we see after it; a task that was preempted between the two, an emulated CPU even
   * more, takes its time.
   */
  private static final long SETTLING_NS = 200_000_000;

  private static final Logger logger = LoggerFactory.getLogger(MeshPathTable.class);

  private final TableSettings settings;
  private final Consumer<MeshPathEvent> expired;
  private final Function<MeshPathEvent.Device, ChurnMeasures> measures;
  private final List<DevicePaths> devices = new ArrayList<>();
  private final Mismatches mismatches = new Mismatches();
  private final Mismatches repaired = new Mismatches();

  private @Nullable TableWalk walk;
  private @Nullable TableWalk settling;
  private long settledNs = Long.MAX_VALUE;
  private int walked;
  private boolean lossKnown = true;
  private long lossNs;

  /** The device of the former event, which mostly is that of the next. */
  private int last;

  /**
   * A table that nobody follows.
   *
   * @param destinationLimit destinations with series of their own, a device
   * @param retentionNs how long counters of a destination stay after its entry is gone
   */
  public MeshPathTable(int destinationLimit, long retentionNs) {
    this(
        TableSettings.of(destinationLimit, retentionNs), event -> {}, device -> ChurnMeasures.NONE);
  }

  /**
   * An empty table.
   *
   * @param expired is told of each {@link MeshPathChange#EXPIRE}, which no record is about
   * @param measures who takes what is measured of the paths of a device
   */
  public MeshPathTable(
      TableSettings settings,
      Consumer<MeshPathEvent> expired,
      Function<MeshPathEvent.Device, ChurnMeasures> measures) {
    this.settings = settings;
    this.expired = expired;
    this.measures = measures;
  }

  /** Follows one event, or takes one row of a walk. */
  public void apply(MeshPathEvent event) {
    if (event.change().subject() == MeshPathChange.Subject.WALK) {
      applyWalk(event);
    } else {
      device(event.device(), event.ktimeNs()).apply(event);
      if (event.change() == MeshPathChange.DELETE) {
        drop(walk, event);
        drop(settling, event);
      }
    }
  }

  /**
   * Events were lost, or may have been: what a walk finds to differ is no defect, until one that
   * began later has put it right. So it is at the start, too, when nothing is known.
   *
   * @param nowNs CLOCK_MONOTONIC
   */
  public void expectMismatches(long nowNs) {
    lossKnown = true;
    lossNs = nowNs;
  }

  /** The number of the last walk that was complete; 0: none yet. */
  public int walked() {
    return walked;
  }

  /**
   * Lets time pass: paths whose lifetime is over expire.
   *
   * @param nowNs CLOCK_MONOTONIC
   */
  public void expire(long nowNs) {
    for (DevicePaths paths : devices) {
      paths.expire(nowNs - EXPIRY_MARGIN_NS);
    }
  }

  /**
   * Takes what the last walk found, once the events that it may have overtaken are here.
   *
   * @param nowNs CLOCK_MONOTONIC; all events up to it have been applied
   */
  public void settle(long nowNs) {
    TableWalk waiting = settling;
    if (waiting != null && nowNs >= settledNs) {
      settling = null;
      settledNs = Long.MAX_VALUE;
      reconcile(waiting);
    }
  }

  /**
   * When {@link #expire} or {@link #settle} has something to do, CLOCK_MONOTONIC; {@code
   * Long.MAX_VALUE}: never.
   */
  public long dueNs() {
    long next = Long.MAX_VALUE;
    for (DevicePaths paths : devices) {
      next = Math.min(next, paths.nextExpiryNs());
    }
    return Math.min(settledNs, next == Long.MAX_VALUE ? next : next + EXPIRY_MARGIN_NS);
  }

  /** Entries that differed from the kernel's though nothing was lost: defects. */
  public Differences mismatches() {
    return new Differences(mismatches.fields(), mismatches.missed());
  }

  /** Entries that differed from the kernel's after a loss, and were put right. */
  public Differences repaired() {
    return new Differences(repaired.fields(), repaired.missed());
  }

  private void applyWalk(MeshPathEvent event) {
    TableWalk current = walk;
    if (event.change() == MeshPathChange.WALK_BEGIN) {
      walk = new TableWalk(event.detail(), event.ktimeNs());
    } else if (current != null && event.change() != MeshPathChange.WALK_END) {
      current.add(event);
    } else if (current != null && event.detail() == current.number()) {
      walk = null;
      if (!current.isComplete(event)) {
        return;
      }
      if (walked == 0) {
        reconcile(current); // nothing to compare with: nobody has to wait for it
      } else {
        settle(Long.MAX_VALUE);
        settling = current;
        settledNs = event.ktimeNs() + SETTLING_NS;
        walked = current.number();
      }
    }
  }

  private static void drop(@Nullable TableWalk from, MeshPathEvent deletion) {
    if (from != null) {
      from.drop(deletion);
    }
  }

  /** Makes the table what a complete walk found. */
  private void reconcile(TableWalk complete) {
    Mismatches found = new Mismatches();
    for (MeshPathEvent row : complete.devices()) {
      if (!isSucceeded(row.device(), complete.beginNs())) {
        device(row.device(), row.ktimeNs());
      }
    }
    for (DevicePaths paths : devices) {
      paths.reconcile(complete, found);
    }
    if (found.total() != 0 && !lossKnown) {
      logger.warn(
          "the path table was not what its events had said: {} {}", found.fields(), found.missed());
    }
    // the first walk finds what existed before us
    if (walked != 0) {
      (lossKnown ? repaired : mismatches).add(found);
    }
    lossKnown = lossKnown && complete.beginNs() < lossNs;
    walked = complete.number();
  }

  /**
   * The state after all events so far.
   *
   * @param nowNs CLOCK_MONOTONIC, for the retention
   */
  public List<DeviceSnapshot> snapshot(long nowNs) {
    List<DeviceSnapshot> snapshots = new ArrayList<>(devices.size());
    for (DevicePaths paths : devices) {
      paths.forget(nowNs);
      snapshots.add(paths.snapshot(nowNs));
    }
    snapshots.sort(
        Comparator.comparing((DeviceSnapshot snapshot) -> snapshot.device().name())
            .thenComparingInt(snapshot -> snapshot.device().netns()));
    return snapshots;
  }

  private DevicePaths device(MeshPathEvent.Device device, long nowNs) {
    if (last < devices.size() && devices.get(last).is(device)) {
      return named(devices.get(last), device);
    }
    for (last = 0; last < devices.size(); last++) {
      if (devices.get(last).is(device)) {
        return named(devices.get(last), device);
      }
    }
    // A driver that was loaded again brings back mesh0 with another ifindex: one series, not two.
    for (last = 0; last < devices.size(); last++) {
      if (devices.get(last).isNamed(device)) {
        devices.get(last).replaceDevice(device, nowNs);
        return devices.get(last);
      }
    }
    if (devices.size() == DEVICE_LIMIT) {
      DevicePaths forgotten = mostForgettable();
      devices.remove(forgotten);
      forgotten.end();
    }
    devices.add(new DevicePaths(device, settings, expired, measures));
    last = devices.size() - 1;
    return devices.get(last);
  }

  /** Whether the device has another name by now, or its name another device. */
  private boolean isSucceeded(MeshPathEvent.Device device, long sinceNs) {
    return devices.stream()
        .anyMatch(
            other -> other.is(device) != other.isNamed(device) && other.lastEventNs() >= sinceNs);
  }

  private DevicePaths named(DevicePaths found, MeshPathEvent.Device device) {
    if (!found.isNamed(device)) {
      // names are unique in a namespace: who had this one before is gone
      devices.removeIf(other -> other.isNamed(device));
      found.rename(device);
      last = devices.indexOf(found);
    }
    return found;
  }

  private DevicePaths mostForgettable() {
    return devices.stream()
        .min(
            Comparator.comparing(DevicePaths::hasLivePaths)
                .thenComparingLong(DevicePaths::lastEventNs))
        .orElseThrow();
  }

  /**
   * What differed.
   *
   * @param fields entries by field
   * @param missed events that should have been
   */
  public record Differences(Map<String, Long> fields, Map<MeshPathChange, Long> missed) {}
}
