package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.meshpath.churn.ChurnSettings;
import dev.meshpath.collector.meshpath.churn.PathChurn;
import dev.meshpath.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** One destination of a device, as far as the events told. Guarded by the ring's lock. */
final class MeshPath {
  final long destination;

  /** Its history, which outlives the entry. */
  final PathChurn churn;

  /** Whether the entry exists; one that is gone stays a while for its counters. */
  boolean alive;

  /** Whether it has series of its own, or counts into {@code destination="other"}. */
  boolean listed;

  /** Whether it is counted as one that found no room among the listed. */
  boolean counted;

  /** Whether frames go by it: between activation and deactivation, expiry or deletion. */
  boolean active;

  boolean root;
  boolean gate;
  long goneSinceNs;

  /** When the entry was created, or found. */
  long sinceNs;

  /** The last change, refreshes left out; null: none was seen. */
  @Nullable MeshPathChange lastChange;

  @Nullable PathCause lastCause;
  long lastChangeNs;
  long lastEventNs;
  long nextHop = MacAddress.NONE;

  /** CLOCK_MONOTONIC; 0: never. */
  long expiryNs;

  int sequenceNumber;
  int airtimeMetric;
  int hopCount;
  int flags;

  /** Next hop changes while listed. */
  long changes;

  MeshPath(long destination, ChurnSettings settings) {
    this.destination = destination;
    this.churn = new PathChurn(settings);
  }

  /** All that the entry is now. */
  void take(MeshPathState state) {
    takeDiscovery(state);
    nextHop = state.nextHop();
    sequenceNumber = state.sequenceNumber();
    airtimeMetric = state.airtimeMetric();
    hopCount = state.hopCount();
    root = state.root();
    gate = state.gate();
    active = state.usable();
  }

  /** What a discovery changes of an entry. */
  void takeDiscovery(MeshPathState state) {
    flags = state.flags();
    expiryNs = state.expiryNs();
  }

  boolean isFixed() {
    return (flags & MeshPathState.FIXED) != 0;
  }

  boolean isResolving() {
    return (flags & MeshPathState.RESOLVING) != 0;
  }

  boolean expires() {
    return alive && active && expiryNs != 0 && !isFixed();
  }

  /** Something happened to it; a refresh is nothing. */
  void note(MeshPathChange change, PathCause cause, long ktimeNs) {
    if (change != MeshPathChange.REASSIGN) {
      lastChange = change;
      lastCause = cause;
      lastChangeNs = ktimeNs;
    }
  }

  PathLife life() {
    return new PathLife(isFixed(), isResolving(), sinceNs, lastChangeNs, lastChange, lastCause);
  }

  /** A new entry of the same destination: only the counters are the former one's. */
  void beginAnew(long nowNs) {
    alive = true;
    sinceNs = nowNs;
    lastChange = null;
    lastCause = null;
    lastChangeNs = 0;
    active = false;
    root = false;
    gate = false;
    nextHop = MacAddress.NONE;
    expiryNs = 0;
    sequenceNumber = 0;
    airtimeMetric = 0;
    hopCount = 0;
    flags = 0;
  }
}
