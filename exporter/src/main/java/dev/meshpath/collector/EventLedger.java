package dev.meshpath.collector;

/**
 * What became of a collector's events. seen = submitted + ringFull; what is submitted is received;
 * received = decoded + rejected.
 *
 * @param seen by the programs in the kernel
 * @param submitted of these, put into the ring
 * @param ringFull of these, lost because the ring had no room
 * @param received by this process from the ring
 * @param decoded of these, taken by the collector
 * @param rejected of these, not understood
 * @param exported of the decoded ones, those that reached series, logs or traces
 * @param mapFull delivered, but with less in it, because a map had no room
 * @param exitMissed delivered by a later hook, because the one it was meant for was skipped
 * @param ringUsedBytes what waits in the ring now
 * @param ringSizeBytes the ring's size
 */
public record EventLedger(
    long seen,
    long submitted,
    long ringFull,
    long received,
    long decoded,
    long rejected,
    long exported,
    long mapFull,
    long exitMissed,
    long ringUsedBytes,
    long ringSizeBytes) {
  /** Of a collector that does not run. */
  public static final EventLedger EMPTY = new EventLedger(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The same, of a collector that has this ring. */
  public EventLedger withRing(long usedBytes, long sizeBytes) {
    return new EventLedger(
        seen,
        submitted,
        ringFull,
        received,
        decoded,
        rejected,
        exported,
        mapFull,
        exitMissed,
        usedBytes,
        sizeBytes);
  }

  /** The sum of two that followed one another; the ring is this one's. */
  public EventLedger after(EventLedger former) {
    return new EventLedger(
        former.seen + seen,
        former.submitted + submitted,
        former.ringFull + ringFull,
        former.received + received,
        former.decoded + decoded,
        former.rejected + rejected,
        former.exported + exported,
        former.mapFull + mapFull,
        former.exitMissed + exitMissed,
        ringUsedBytes,
        ringSizeBytes);
  }
}
