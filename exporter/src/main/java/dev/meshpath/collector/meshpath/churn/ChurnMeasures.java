package dev.meshpath.collector.meshpath.churn;

/** Takes what was measured of the paths of one device. */
public interface ChurnMeasures {
  /** Takes nothing. */
  ChurnMeasures NONE =
      new ChurnMeasures() {
        @Override
        public void gone() {}

        @Override
        public void nextHopLasted(long ns) {}

        @Override
        public void pathLasted(PathEnd end, long ns) {}

        @Override
        public void outageLasted(long ns) {}

        @Override
        public void metricChanged(double ratio) {}

        @Override
        public void discoveryTook(boolean resolved, long ns) {}
      };

  /** The device is no longer followed, or has another name: nothing more comes. */
  void gone();

  /** A next hop was replaced by another one, or went with its entry. */
  void nextHopLasted(long ns);

  /**
   * An entry was removed.
   *
   * @param end what had ended its use
   * @param ns since it was created
   */
  void pathLasted(PathEnd end, long ns);

  /** A path is usable again, so long after it was last. */
  void outageLasted(long ns);

  /**
   * The next hop changed.
   *
   * @param ratio the airtime metric of the new way, in that of the former
   */
  void metricChanged(double ratio);

  /**
   * A discovery is over.
   *
   * @param resolved whether a next hop was found
   * @param ns from the first PREQ to the next hop, or until it was given up
   */
  void discoveryTook(boolean resolved, long ns);
}
