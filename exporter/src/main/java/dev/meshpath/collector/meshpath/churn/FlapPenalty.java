package dev.meshpath.collector.meshpath.churn;

/**
 * A figure that rises with each move of a path and halves with each half-life (RFC 2439, 4.2), and
 * whether the path is flapping: from one threshold on, until below a lower one.
 */
final class FlapPenalty {
  private final ChurnSettings settings;
  private double points;
  private long sinceNs;
  private boolean flapping;

  FlapPenalty(ChurnSettings settings) {
    this.settings = settings;
  }

  void add(int more, long nowNs) {
    flapping = isFlapping(nowNs);
    points = Math.min(at(nowNs) + more, settings.ceiling());
    sinceNs = Math.max(sinceNs, nowNs);
    flapping |= points >= settings.flappingFrom();
  }

  /** What is left of it at {@code nowNs}. */
  double at(long nowNs) {
    long passedNs = Math.max(0, nowNs - sinceNs);
    return points * Math.pow(0.5, (double) passedNs / settings.halfLifeNs());
  }

  boolean isFlapping(long nowNs) {
    return flapping && at(nowNs) >= settings.quietBelow();
  }
}
