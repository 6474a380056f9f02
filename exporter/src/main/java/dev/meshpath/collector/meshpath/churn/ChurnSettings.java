package dev.meshpath.collector.meshpath.churn;

import java.util.concurrent.TimeUnit;

/**
 * What counts as a return and as flapping. The form is that of BGP route flap damping (RFC 2439),
 * the numbers are those of a mesh, whose paths live for seconds.
 *
 * @param returnWindowNs a next hop that comes back within this has returned
 * @param readdWindowNs a path that was lost and is there again within this has flapped
 * @param burstNs what follows a scored move within this is the same move: the copies of one flood
 *     arrive within milliseconds, each a little better than the one before
 * @param halfLifeNs after which a penalty is half of what it was
 * @param changePoints for a change of the next hop, and for a path that was lost and came back
 * @param returnPoints on top of them for a return
 * @param flappingFrom the penalty from which on a path is flapping
 * @param quietBelow the penalty below which it is no longer
 * @param ceiling a penalty does not go beyond it, so that a quiet path is quiet soon
 */
public record ChurnSettings(
    long returnWindowNs,
    long readdWindowNs,
    long burstNs,
    long halfLifeNs,
    int changePoints,
    int returnPoints,
    int flappingFrom,
    int quietBelow,
    int ceiling) {
  /** A path that changes every 35 s is flapping, and is quiet four minutes after its last move. */
  public static final ChurnSettings DEFAULT =
      new ChurnSettings(
          TimeUnit.SECONDS.toNanos(60),
          TimeUnit.SECONDS.toNanos(60),
          TimeUnit.SECONDS.toNanos(1),
          TimeUnit.SECONDS.toNanos(60),
          1000,
          500,
          3000,
          750,
          12_000);
}
