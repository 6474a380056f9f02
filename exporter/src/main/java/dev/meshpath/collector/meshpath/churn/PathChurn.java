package dev.meshpath.collector.meshpath.churn;

import dev.meshpath.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * The history of one destination's path, as far as it takes to judge the next move. It outlives the
 * entry: a path that is lost and comes back has flapped. All times are CLOCK_MONOTONIC.
 */
public final class PathChurn {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final ChurnSettings settings;
  private final FlapPenalty penalty;
  private long addedNs = UNKNOWN;
  private long nextHop = MacAddress.NONE;
  private long nextHopSinceNs = UNKNOWN;

  /** The next hop before. */
  private long formerNextHop = MacAddress.NONE;

  private long movedNs = UNKNOWN;
  private long scoredNs = UNKNOWN;

  /** What ended the use of the path; null: it is in use, or never was. */
  private @Nullable PathEnd ended;

  private long endedNs = UNKNOWN;

  /** Whether it flaps if it comes back soon. */
  private boolean lost;

  private long discoveryNs = UNKNOWN;
  private long resolvedNs = UNKNOWN;
  private long returns;

  /** A destination of which nothing is known. */
  public PathChurn(ChurnSettings settings) {
    this.settings = settings;
    this.penalty = new FlapPenalty(settings);
  }

  /** Returns to the next hop before, within the window. */
  public long returns() {
    return returns;
  }

  /** The flap penalty. */
  public double penalty(long nowNs) {
    return penalty.at(nowNs);
  }

  /** Whether the path is flapping. */
  public boolean isFlapping(long nowNs) {
    return penalty.isFlapping(nowNs);
  }

  /** An entry was created. */
  public void added(long nowNs) {
    beginEntry();
    addedNs = nowNs;
    scoreIfLost(nowNs);
  }

  /** An entry was found that exists; since when is not known. */
  public void found() {
    beginEntry();
    lost = false;
  }

  /** The kernel's table says that this is the next hop, whatever the events said. */
  public void corrected(long actualNextHop, boolean usable) {
    if (nextHop != actualNextHop) {
      nextHop = actualNextHop;
      nextHopSinceNs = UNKNOWN;
      formerNextHop = MacAddress.NONE;
    }
    if (usable) {
      beginUse(); // since when is not known: no outage to measure, no loss to score
    }
  }

  /** The entry got its first next hop. */
  public void assigned(long first, long nowNs) {
    if (nextHop != MacAddress.NONE && first != nextHop) {
      formerNextHop = nextHop;
      movedNs = nowNs;
    }
    nextHop = first;
    nextHopSinceNs = nowNs;
    resolve(nowNs);
  }

  /** The entry got the next hop that it had. */
  public void refreshed(long nowNs) {
    resolve(nowNs);
  }

  /**
   * Another neighbour became the next hop.
   *
   * @param byCommand whether a user said so
   * @param fresher whether the announcement has a newer sequence number
   */
  public ChangeClass changed(
      long from, long to, boolean byCommand, boolean fresher, long nowNs, ChurnMeasures measures) {
    boolean returned =
        to != MacAddress.NONE
            && to == formerNextHop
            && nowNs - movedNs <= settings.returnWindowNs();
    if (nextHopSinceNs != UNKNOWN) {
      measures.nextHopLasted(nowNs - nextHopSinceNs);
    }
    formerNextHop = from;
    movedNs = nowNs;
    nextHop = to;
    nextHopSinceNs = nowNs;
    returns += returned ? 1 : 0;
    score(settings.changePoints() + (returned ? settings.returnPoints() : 0), nowNs);
    resolve(nowNs);
    if (byCommand) {
      return ChangeClass.COMMAND;
    }
    return ended == null
        ? (fresher ? ChangeClass.FRESHER_SN : ChangeClass.BETTER_METRIC)
        : after(ended);
  }

  /** The path is usable, and was not before. */
  public void activated(long nowNs, ChurnMeasures measures) {
    if (endedNs != UNKNOWN) {
      measures.outageLasted(nowNs - endedNs);
    }
    scoreIfLost(nowNs);
    beginUse();
  }

  /** Its lifetime passed while it was usable. */
  public void expired(long nowNs) {
    end(PathEnd.EXPIRE, nowNs);
    lost = true;
  }

  /** A broken link or an error frame made it unusable. */
  public void deactivated(PathEnd how, long nowNs) {
    end(how, nowNs);
  }

  /**
   * The entry was removed.
   *
   * @param wasUsable until then
   */
  public void deleted(PathEnd how, boolean wasUsable, long nowNs, ChurnMeasures measures) {
    if (wasUsable) {
      end(how, nowNs);
      lost = true;
    }
    if (nextHopSinceNs != UNKNOWN) {
      measures.nextHopLasted(nowNs - nextHopSinceNs);
    }
    if (addedNs != UNKNOWN) {
      // what ages was of no use before
      PathEnd before = ended;
      measures.pathLasted(how == PathEnd.EXPIRE && before != null ? before : how, nowNs - addedNs);
    }
    beginEntry();
  }

  /** Its first PREQ was sent. */
  public void discoveryStarted(long nowNs) {
    discoveryNs = nowNs;
    resolvedNs = UNKNOWN;
  }

  /** Its discovery is over, with a next hop or without one. */
  public void discoveryEnded(boolean resolved, long nowNs, ChurnMeasures measures) {
    if (discoveryNs != UNKNOWN) {
      long endNs = resolved && resolvedNs != UNKNOWN ? resolvedNs : nowNs;
      measures.discoveryTook(resolved, endNs - discoveryNs);
    }
    discoveryNs = UNKNOWN;
    resolvedNs = UNKNOWN;
  }

  private void beginEntry() {
    addedNs = UNKNOWN;
    nextHopSinceNs = UNKNOWN;
    discoveryNs = UNKNOWN;
    resolvedNs = UNKNOWN;
  }

  private void resolve(long nowNs) {
    if (discoveryNs != UNKNOWN && resolvedNs == UNKNOWN) {
      resolvedNs = nowNs;
    }
  }

  private void beginUse() {
    ended = null;
    endedNs = UNKNOWN;
    lost = false;
  }

  private void end(PathEnd how, long nowNs) {
    ended = how;
    endedNs = nowNs;
    lost = false;
  }

  private void scoreIfLost(long nowNs) {
    if (lost && nowNs - endedNs <= settings.readdWindowNs()) {
      score(settings.changePoints(), nowNs);
    }
    lost = false;
  }

  private void score(int points, long nowNs) {
    if (scoredNs == UNKNOWN || nowNs - scoredNs >= settings.burstNs()) {
      scoredNs = nowNs;
      penalty.add(points, nowNs);
    }
  }

  private static ChangeClass after(PathEnd end) {
    return switch (end) {
      case EXPIRE -> ChangeClass.EXPIRED;
      case PERR -> ChangeClass.ERROR_FRAME;
      case PEER_LOSS -> ChangeClass.PEER_LOST;
      case DELETE -> ChangeClass.OTHER;
    };
  }
}
