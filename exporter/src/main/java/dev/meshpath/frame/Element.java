package dev.meshpath.frame;

import org.jspecify.annotations.Nullable;

/**
 * What one HWMP or peering element says. Sequence numbers, metrics, identifiers and times of 32
 * bits are kept in an {@code int} and are unsigned: {@link Integer#toUnsignedLong}.
 */
public sealed interface Element permits HwmpElement, Peering {
  /**
   * How many of its fields there were, in the order of the standard, those that repeat (targets,
   * destinations) and those around a peering element not counted. The others are 0.
   */
  int fields();

  /** Why it is not complete; null if it is. */
  @Nullable Defect defect();
}
