package dev.meshpath.collector.meshpath;

/**
 * A counter of events.
 *
 * @param change what happened
 * @param cause what did it
 * @param count how often
 */
public record EventCount(MeshPathChange change, PathCause cause, long count) {}
