package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.meshpath.churn.ChurnMeasures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.collections.Long2LongHashMap;

/** The paths and the counters of one device. Guarded by the ring's lock. */
final class DevicePaths {
  private static final long NO_OWNER = -1;

  private final Destinations paths;

  /** Owner by proxied host. */
  private final Long2LongHashMap proxies = new Long2LongHashMap(NO_OWNER);

  private final EventCounts events = new EventCounts();
  private final IgnoredElements ignored = new IgnoredElements();
  private final PeerLinks peerLinks = new PeerLinks();

  private final Consumer<MeshPathEvent> expired;
  private final DeviceChurn churn;
  private MeshPathEvent.Device device;
  private long otherChanges;
  private long otherReturns;
  private long supersededDiscoveries;
  private long lastEventNs;
  private long lastProxyEventNs;
  private long nextExpiryNs = Long.MAX_VALUE;

  /**
   * @param expired is told of each expiry
   * @param measuring who takes what is measured of the paths of a device
   */
  DevicePaths(
      MeshPathEvent.Device device,
      TableSettings settings,
      Consumer<MeshPathEvent> expired,
      Function<MeshPathEvent.Device, ChurnMeasures> measuring) {
    this.expired = expired;
    this.churn = new DeviceChurn(device, measuring);
    this.device = device;
    this.paths = new Destinations(settings);
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
    rename(successor);
    proxies.clear();
    for (MeshPath path : paths.living()) {
      paths.bury(path, nowNs);
    }
  }

  void rename(MeshPathEvent.Device renamed) {
    churn.rename(renamed, isNamed(renamed));
    device = renamed;
  }

  /** It is no longer followed. */
  void end() {
    churn.end();
  }

  boolean hasLivePaths() {
    return paths.hasLiving();
  }

  long lastEventNs() {
    return lastEventNs;
  }

  void apply(MeshPathEvent event) {
    device = event.device(); // it may have joined another mesh
    lastEventNs = event.ktimeNs();
    events.count(event.change(), event.cause().kind());
    switch (event.change()) {
      case ADD, FIX -> take(paths.live(event), event);
      case ACTIVATE -> {
        MeshPath path = paths.live(event);
        churn.activated(path, event);
        take(path, event);
      }
      case DEACTIVATE -> {
        MeshPath path = paths.live(event);
        churn.deactivated(path, event);
        take(path, event);
      }
      case ASSIGN, REASSIGN, CHANGE -> {
        MeshPath path = paths.live(event);
        expireIfUnnoticed(path, event);
        takeNextHop(path, event);
        take(path, event);
      }
      case DELETE -> {
        MeshPath path = paths.living(event.destination());
        if (path != null) {
          expireIfUnnoticed(path, event);
          churn.deleted(path, event);
          supersededDiscoveries += path.isResolving() ? 1 : 0;
          path.note(MeshPathChange.DELETE, event.cause().kind(), event.ktimeNs());
          paths.bury(path, event.ktimeNs());
        }
      }
      case SN -> {
        MeshPath path = paths.live(event);
        path.lastEventNs = event.ktimeNs();
        if (event.after() != null) {
          path.sequenceNumber = event.after().sequenceNumber();
        }
      }
      case GATE_ADD -> {
        MeshPath path = paths.live(event);
        path.lastEventNs = event.ktimeNs();
        path.gate = true;
      }
      case ROOT_ADD -> {
        MeshPath path = paths.live(event);
        path.lastEventNs = event.ktimeNs();
        path.root = true;
      }
      case DISCOVERY_QUEUED,
          DISCOVERY_STARTED,
          DISCOVERY_RETRIED,
          DISCOVERY_FAILED,
          DISCOVERY_ENDED -> {
        MeshPath path = paths.live(event);
        churn.discovery(path, event);
        takeDiscovery(path, event);
      }
      case PROXY_ADD, PROXY_CHANGE -> {
        lastProxyEventNs = event.ktimeNs();
        if (event.after() != null) {
          proxies.put(event.destination(), event.after().nextHop());
        }
      }
      case PROXY_DELETE -> {
        lastProxyEventNs = event.ktimeNs();
        proxies.remove(event.destination());
      }
      case HWMP_IGNORED -> ignored.count(event.cause().element(), event.detail());
      case PEER_STATE -> peerLinks.count(event.destination(), event.detail());
      case ADD_FAILED,
          GATE_DELETE,
          ROOT_DELETE,
          EXPIRE,
          WALK_BEGIN,
          WALK_PATH,
          WALK_PROXY,
          WALK_PEER,
          WALK_END -> {}
    }
  }

  /**
   * Lets time pass: paths whose lifetime is over expire, with no event of the kernel.
   *
   * @param beforeNs CLOCK_MONOTONIC; those that expire before it
   */
  void expire(long beforeNs) {
    if (beforeNs <= nextExpiryNs) {
      return;
    }
    nextExpiryNs = Long.MAX_VALUE;
    for (MeshPath path : paths.all()) {
      if (path.expires() && path.expiryNs < beforeNs) {
        expire(path);
      } else if (path.expires()) {
        nextExpiryNs = Math.min(nextExpiryNs, path.expiryNs);
      }
    }
  }

  /** When the next path may expire, CLOCK_MONOTONIC; {@code Long.MAX_VALUE}: none. */
  long nextExpiryNs() {
    return nextExpiryNs;
  }

  /** Forgets the counters of destinations that are gone for longer than they are kept. */
  void forget(long nowNs) {
    paths.forget(nowNs);
  }

  /**
   * Makes the table what a walk found in the kernel.
   *
   * @param walk a complete one
   * @param found what differs is counted here
   */
  void reconcile(TableWalk walk, Mismatches found) {
    for (MeshPathEvent row : walk.paths(device)) {
      reconcile(row, walk.beginNs(), found);
    }
    for (MeshPath path : paths.living()) {
      if (path.lastEventNs < walk.beginNs() && !walk.has(device, path.destination)) {
        found.missed(MeshPathChange.DELETE);
        paths.bury(path, walk.beginNs());
      }
    }
    if (lastProxyEventNs >= walk.beginNs()) {
      return; // they changed while we walked: the next walk finds them at rest
    }
    proxies.clear();
    for (MeshPathEvent row : walk.proxies(device)) {
      if (row.after() != null) {
        proxies.put(row.destination(), row.after().nextHop());
      }
    }
  }

  private void reconcile(MeshPathEvent row, long walkBeginNs, Mismatches found) {
    MeshPathState state = row.after();
    if (state == null || paths.lastEventNs(row.destination()) >= walkBeginNs) {
      return; // it changed while we walked: the event knows better
    }
    MeshPath path = paths.living(row.destination());
    boolean known = path != null;
    if (path == null) {
      found.missed(MeshPathChange.ADD);
      path = paths.live(row);
    } else {
      found.compare(path, state, walkBeginNs);
    }
    boolean wasActive = known && path.active;
    boolean noticed = (state.flags() & MeshPathState.ACTIVE) == 0;
    if (known && path.expires() && noticed && path.expiryNs <= row.ktimeNs()) {
      expire(path);
    }
    path.take(state);
    // the kernel may not have noticed that it expired: it counts when its time has come
    path.active = state.usable() || (wasActive && (state.flags() & MeshPathState.ACTIVE) != 0);
    path.churn.corrected(path.nextHop, path.active);
    watchExpiry(path);
  }

  DeviceSnapshot snapshot(long nowNs) {
    List<PathSnapshot> rows = new ArrayList<>(paths.listed());
    PathStates states = new PathStates();
    for (MeshPath path : paths.all()) {
      states.count(path);
      if (path.listed) {
        rows.add(
            new PathSnapshot(
                path.destination,
                path.alive,
                path.active,
                path.nextHop,
                Integer.toUnsignedLong(path.airtimeMetric),
                path.hopCount,
                path.root,
                path.gate,
                path.changes,
                path.churn.returns(),
                path.churn.penalty(nowNs),
                path.churn.isFlapping(nowNs),
                path.life()));
      }
    }
    rows.sort(Comparator.comparingLong(PathSnapshot::destination));
    return new DeviceSnapshot(
        device.toNetDevice(),
        device.meshId(),
        events.snapshot(),
        rows,
        states,
        proxies.size(),
        supersededDiscoveries,
        ignored.snapshot(),
        peerLinks.snapshot(),
        churn.changesByClass(),
        otherChanges,
        otherReturns,
        paths.unlisted());
  }

  /** Before the path takes it. */
  private void takeNextHop(MeshPath path, MeshPathEvent event) {
    long returns = path.churn.returns();
    churn.nextHop(path, event);
    boolean changed = event.change() == MeshPathChange.CHANGE;
    if (changed && path.listed) {
      path.changes++;
    } else if (changed) {
      otherChanges++;
      otherReturns += path.churn.returns() - returns;
    }
  }

  private void take(MeshPath path, MeshPathEvent event) {
    path.lastEventNs = event.ktimeNs();
    path.note(event.change(), event.cause().kind(), event.ktimeNs());
    if (event.after() != null) {
      path.take(event.after());
      watchExpiry(path);
    }
  }

  private void takeDiscovery(MeshPath path, MeshPathEvent event) {
    path.lastEventNs = event.ktimeNs();
    if (event.after() != null) {
      path.takeDiscovery(event.after());
      watchExpiry(path);
    }
  }

  private void watchExpiry(MeshPath path) {
    if (path.expires()) {
      nextExpiryNs = Math.min(nextExpiryNs, path.expiryNs);
    }
  }

  /**
   * The kernel found it expired; we had not come to it yet. One whose time had not come was
   * unusable for another reason: a walk may have overtaken the event and have shown the path as it
   * is after.
   */
  private void expireIfUnnoticed(MeshPath path, MeshPathEvent event) {
    MeshPathState before = event.before();
    if (before != null
        && !before.usable()
        && path.expires()
        && path.expiryNs <= event.ktimeNs() + MeshPathTable.EXPIRY_MARGIN_NS) {
      expire(path);
    }
  }

  private void expire(MeshPath path) {
    path.active = false;
    path.churn.expired(path.expiryNs);
    path.lastEventNs = Math.max(path.lastEventNs, path.expiryNs); // a walk before that knows less
    path.note(MeshPathChange.EXPIRE, PathCause.TIMER, path.expiryNs);
    events.count(MeshPathChange.EXPIRE, PathCause.TIMER);
    expired.accept(
        new MeshPathEvent(
            path.expiryNs,
            0,
            device,
            path.destination,
            0,
            MeshPathChange.EXPIRE,
            0,
            0,
            null,
            null,
            Cause.TIMER));
  }
}
