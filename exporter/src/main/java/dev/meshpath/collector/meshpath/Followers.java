package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.meshpath.churn.ChurnMeasures;
import java.util.List;
import java.util.function.Function;

/**
 * Who follows the table, on the thread that feeds it, with its lock held.
 *
 * @param listeners of events and frames, in this order, after the table
 * @param measures who takes what is measured of the paths of a device, before the listeners hear of
 *     the event
 */
public record Followers(
    List<MeshPathListener> listeners, Function<MeshPathEvent.Device, ChurnMeasures> measures) {
  /** Nobody. */
  public static final Followers NONE = of(List.of());

  /** Nobody but listeners. */
  public static Followers of(List<? extends MeshPathListener> listeners) {
    return new Followers(List.copyOf(listeners), device -> ChurnMeasures.NONE);
  }
}
