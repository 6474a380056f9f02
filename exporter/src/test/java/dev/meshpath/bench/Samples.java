package dev.meshpath.bench;

import java.util.Arrays;

/** Measured values. On a machine with other work to do, a median says more than a mean. */
final class Samples {
  private double[] values = {};

  /** Takes one more. */
  void add(double value) {
    values = Arrays.copyOf(values, values.length + 1);
    values[values.length - 1] = value;
  }

  /** The middle one. */
  double median() {
    return percentile(50);
  }

  /** The smallest. */
  double min() {
    return percentile(0);
  }

  /** The largest. */
  double max() {
    return percentile(100);
  }

  /** The smallest one that so many percent of all do not exceed. */
  double percentile(int percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(sorted.length * percent / 100.0);
    return sorted[Math.max(rank, 1) - 1];
  }
}
