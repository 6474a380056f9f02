package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.meshpath.churn.ChurnSettings;

/**
 * What a table keeps.
 *
 * @param destinationLimit destinations with series of their own, a device
 * @param retentionNs how long counters of a destination stay after its entry is gone
 * @param churn what counts as flapping
 */
public record TableSettings(int destinationLimit, long retentionNs, ChurnSettings churn) {
  /** With what counts as flapping by default. */
  public static TableSettings of(int destinationLimit, long retentionNs) {
    return new TableSettings(destinationLimit, retentionNs, ChurnSettings.DEFAULT);
  }
}
