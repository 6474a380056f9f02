package dev.meshpath.collector.meshpath.live;

import dev.meshpath.collector.meshpath.MeshPathEvent;

/**
 * An event and its place among all.
 *
 * @param number 1 for the first since the start
 * @param epochNs when, in nanoseconds since 1970 (UTC), by the clock of then
 * @param event what
 */
public record LiveEvent(long number, long epochNs, MeshPathEvent event) {}
