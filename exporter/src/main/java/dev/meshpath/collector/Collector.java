package dev.meshpath.collector;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One subject that the exporter watches. Its life: {@link #obstacle}, and if there is none {@link
 * #start}, then scrapes, at last {@link #close}.
 */
public interface Collector extends AutoCloseable {
  /** As in {@code --collector.NAME} and the label {@code collector}. */
  String name();

  /** Why it cannot run on this kernel and what that costs, as a sentence; empty if it can. */
  Optional<String> obstacle();

  /**
   * Begins to watch.
   *
   * @throws RuntimeException with a sentence, and nothing is left attached
   */
  void start();

  /** Each place in the kernel that it watches, attached or not; before {@link #start}, too. */
  List<Hook> hooks();

  /** Why hooks are not attached, by the hook's name; nothing of those that are. */
  default Map<String, String> reasons() {
    return Map.of();
  }

  /**
   * Whether what it watches was taken away and came back as another: it then sees nothing any more
   * until it is closed and started again.
   */
  default boolean isStale() {
    return false;
  }

  /** How often the kernel skipped a program of a hook, by the hook's name. */
  default Map<String, Long> missed() {
    return Map.of();
  }

  /** How far it agreed with the kernel's own tables so far. */
  default Reconciliation reconciliation() {
    return Reconciliation.NONE;
  }

  /** What became of its events so far. */
  EventLedger ledger();

  /** Detaches from the kernel; no event is delivered after it returned. */
  @Override
  void close();
}
