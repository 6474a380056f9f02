package dev.meshpath.telemetry;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import java.util.List;
import java.util.Optional;

/**
 * A collector that watches nothing.
 *
 * @param name of it
 * @param ledger that it shows
 * @param hooks that it shows
 */
public record FakeCollector(String name, EventLedger ledger, List<Hook> hooks)
    implements Collector {
  @Override
  public Optional<String> obstacle() {
    return Optional.empty();
  }

  @Override
  public void start() {}

  @Override
  public void close() {}
}
