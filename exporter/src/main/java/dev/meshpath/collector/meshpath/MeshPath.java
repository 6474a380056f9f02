package dev.meshpath.collector.meshpath;

import dev.meshpath.net.MacAddress;

/** One destination of a device, as far as the events told. Guarded by the ring's lock. */
final class MeshPath {
  final long destination;

  /** Whether the entry exists; one that is gone stays a while for its counters. */
  boolean alive;

  /** Whether it has series of its own, or counts into {@code destination="other"}. */
  boolean listed;

  /** Whether it is counted as one that found no room among the listed. */
  boolean counted;

  long goneSinceNs;
  long nextHop = MacAddress.NONE;
  int airtimeMetric;
  int hopCount;

  /** Next hop changes while listed. */
  long changes;

  MeshPath(long destination) {
    this.destination = destination;
  }

  void take(MeshPathState state) {
    nextHop = state.nextHop();
    airtimeMetric = state.airtimeMetric();
    hopCount = state.hopCount();
  }
}
