package dev.meshpath.collector.meshpath;

/**
 * A listed destination.
 *
 * @param destination its address
 * @param alive whether the entry exists
 * @param active whether frames go by it
 * @param nextHop or {@code MacAddress.NONE}
 * @param airtimeMetric in 0.01 TU
 * @param hopCount 1 for a neighbour
 * @param root whether it announced that it is a root
 * @param gate whether it announced that it is a gate
 * @param changes next hop changes since it was listed
 * @param returns changes to the next hop before, within the window
 * @param flapPenalty what is left of its penalty
 * @param flapping whether it is flapping
 * @param life how it came to be what it is
 */
public record PathSnapshot(
    long destination,
    boolean alive,
    boolean active,
    long nextHop,
    long airtimeMetric,
    int hopCount,
    boolean root,
    boolean gate,
    long changes,
    long returns,
    double flapPenalty,
    boolean flapping,
    PathLife life) {
  /** Of a path that never flapped, or of which nobody knows. */
  public PathSnapshot(
      long destination,
      boolean alive,
      boolean active,
      long nextHop,
      long airtimeMetric,
      int hopCount,
      boolean root,
      boolean gate,
      long changes) {
    this(
        destination,
        alive,
        active,
        nextHop,
        airtimeMetric,
        hopCount,
        root,
        gate,
        changes,
        0,
        0,
        false,
        PathLife.UNKNOWN);
  }

  /** A word that counts the entry once, as {@link PathStates} does. */
  public String state() {
    if (life.fixed()) {
      return "fixed";
    }
    if (active) {
      return "active";
    }
    return life.resolving() ? "resolving" : "inactive";
  }
}
