package dev.meshpath.collector.meshpath;

import org.jspecify.annotations.Nullable;

/**
 * How a path came to be what it is. Refreshes count as nothing: they change nothing.
 *
 * @param fixed whether a user fixed it
 * @param resolving whether a discovery is under way
 * @param sinceNs when the entry was created, or found, CLOCK_MONOTONIC; 0: not known
 * @param changedNs when it changed last; 0: never that we saw
 * @param change what happened then
 * @param cause and why
 */
public record PathLife(
    boolean fixed,
    boolean resolving,
    long sinceNs,
    long changedNs,
    @Nullable MeshPathChange change,
    @Nullable PathCause cause) {
  /** Nobody saw it. */
  public static final PathLife UNKNOWN = new PathLife(false, false, 0, 0, null, null);
}
