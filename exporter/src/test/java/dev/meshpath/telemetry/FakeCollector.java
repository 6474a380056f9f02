package dev.meshpath.telemetry;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.collector.Reconciliation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A collector that watches nothing.
 *
 * @param name of it
 * @param ledger that it shows
 * @param hooks that it shows
 * @param missed programs that it shows
 * @param reconciliation that it shows
 */
public record FakeCollector(
    String name,
    EventLedger ledger,
    List<Hook> hooks,
    Map<String, Long> missed,
    Reconciliation reconciliation)
    implements Collector {
  /** One that missed nothing and compared nothing. */
  public FakeCollector(String name, EventLedger ledger, List<Hook> hooks) {
    this(name, ledger, hooks, Map.of(), Reconciliation.NONE);
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.empty();
  }

  @Override
  public void start() {}

  @Override
  public void close() {}
}
