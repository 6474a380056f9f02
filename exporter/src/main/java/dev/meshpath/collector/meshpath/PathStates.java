package dev.meshpath.collector.meshpath;

/** How many entries are in which state; each one counts once. */
public final class PathStates {
  private long active;
  private long resolving;
  private long inactive;
  private long fixed;
  private long gates;

  void count(MeshPath path) {
    if (path.alive) {
      gates += path.gate ? 1 : 0;
      count(path.isFixed(), path.active, path.isResolving());
    }
  }

  void count(boolean isFixed, boolean isActive, boolean isResolving) {
    if (isFixed) {
      fixed++;
    } else if (isActive) {
      active++;
    } else if (isResolving) {
      resolving++;
    } else {
      inactive++;
    }
  }

  /** Those that announced to be gates. */
  public long gates() {
    return gates;
  }

  /** Usable ones. */
  public long active() {
    return active;
  }

  /** Unusable ones that a discovery is under way for. */
  public long resolving() {
    return resolving;
  }

  /** The other unusable ones. */
  public long inactive() {
    return inactive;
  }

  /** Those that a user fixed. */
  public long fixed() {
    return fixed;
  }
}
