package dev.meshpath.collector.meshpath;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The destinations of one device: those that have an entry in the kernel's table, and for a while
 * those whose entry is gone, for their counters. So many of them are listed, with series of their
 * own; the others count together. Guarded by the ring's lock.
 */
final class Destinations {
  private final TableSettings settings;
  private final Long2ObjectHashMap<MeshPath> paths = new Long2ObjectHashMap<>();

  /** Listed destinations whose entry is gone, oldest first; the others are removed at once. */
  private final ArrayDeque<MeshPath> gone = new ArrayDeque<>();

  private int listed;
  private long unlisted;

  Destinations(TableSettings settings) {
    this.settings = settings;
  }

  /** With those that are gone, and not to be changed meanwhile. */
  Collection<MeshPath> all() {
    return paths.values();
  }

  /** A copy: they may be buried meanwhile. */
  List<MeshPath> living() {
    return paths.values().stream().filter(path -> path.alive).toList();
  }

  boolean hasLiving() {
    return paths.size() > gone.size();
  }

  /** That destination, if it has an entry. */
  @Nullable MeshPath living(long destination) {
    MeshPath path = paths.get(destination);
    return path != null && path.alive ? path : null;
  }

  /**
   * When something happened to that destination, whether it is gone or not; {@code Long.MIN_VALUE}:
   * never.
   */
  long lastEventNs(long destination) {
    MeshPath path = paths.get(destination);
    return path == null ? Long.MIN_VALUE : path.lastEventNs;
  }

  /** The destination of that event, which has an entry from now on if it had none. */
  MeshPath live(MeshPathEvent event) {
    MeshPath path = paths.get(event.destination());
    if (path == null) {
      path = new MeshPath(event.destination(), settings.churn());
      paths.put(event.destination(), path);
    }
    if (!path.alive) {
      path.beginAnew(event.ktimeNs());
      if (event.change() == MeshPathChange.ADD) {
        path.churn.added(event.ktimeNs());
      } else {
        path.churn.found();
      }
      if (path.listed) {
        gone.remove(path);
      }
    }
    if (!path.listed) {
      list(path);
    }
    return path;
  }

  /** Its entry is gone. */
  void bury(MeshPath path, long nowNs) {
    path.alive = false;
    path.active = false;
    path.goneSinceNs = nowNs;
    if (path.listed) {
      gone.addLast(path);
    } else {
      paths.remove(path.destination);
    }
  }

  /** Forgets those that are gone for longer than they are kept. */
  void forget(long nowNs) {
    while (!gone.isEmpty() && nowNs - gone.getFirst().goneSinceNs > settings.retentionNs()) {
      forgetOldest();
    }
  }

  /** How many have series of their own. */
  int listed() {
    return listed;
  }

  /** How many found no room among the listed, each counted once. */
  long unlisted() {
    return unlisted;
  }

  /** Gives a destination series of its own if there is room, at the cost of one that is gone. */
  private void list(MeshPath path) {
    if (listed >= settings.destinationLimit() && !gone.isEmpty()) {
      forgetOldest();
    }
    if (listed < settings.destinationLimit()) {
      path.listed = true;
      listed++;
    } else if (!path.counted) {
      path.counted = true;
      unlisted++;
    }
  }

  private void forgetOldest() {
    MeshPath oldest = gone.removeFirst();
    paths.remove(oldest.destination);
    listed--;
  }
}
