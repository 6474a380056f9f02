package dev.meshpath.config;

import java.time.Duration;

/**
 * What counts as a path that flaps.
 *
 * @param returnWindow a next hop that comes back within this has returned
 * @param readdWindow a path that was lost and is there again within this has flapped
 * @param burst what follows a scored move within this is the same move
 * @param halfLife after which a penalty is half of what it was
 * @param changePoints for a change of the next hop, and for a path that was lost and came back
 * @param returnPoints on top of them for a return
 * @param flappingFrom the penalty from which on a path is flapping
 * @param quietBelow the penalty below which it is no longer
 * @param ceiling a penalty does not go beyond it
 */
public record ChurnConfig(
    Duration returnWindow,
    Duration readdWindow,
    Duration burst,
    Duration halfLife,
    int changePoints,
    int returnPoints,
    int flappingFrom,
    int quietBelow,
    int ceiling) {
  /** Constants of a mesh whose paths live for seconds. */
  public static final ChurnConfig DEFAULT =
      new ChurnConfig(
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          1000,
          500,
          3000,
          750,
          12_000);

  /** Refuses thresholds that contradict one another. */
  public ChurnConfig {
    if (quietBelow >= flappingFrom || flappingFrom > ceiling) {
      throw new IllegalArgumentException(
          "--flap.off "
              + quietBelow
              + ", --flap.on "
              + flappingFrom
              + " and --flap.ceiling "
              + ceiling
              + " contradict one another: each must be more than the one before, the last one may"
              + " be equal.");
    }
  }
}
