package dev.meshpath.telemetry.otlp;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The account of spans, log records and pushed metrics. Thread-safe. */
public final class OtlpMetrics implements MultiCollector {
  private final Supplier<List<OtlpExport.Account>> accounts;
  private final LongSupplier sampledOut;

  /**
   * @param accounts of each outlet and signal
   * @param sampledOut refreshes that were made no span
   */
  public OtlpMetrics(Supplier<List<OtlpExport.Account>> accounts, LongSupplier sampledOut) {
    this.accounts = accounts;
    this.sampledOut = sampledOut;
  }

  @Override
  public MetricSnapshots collect() {
    CounterSnapshot.Builder items =
        CounterSnapshot.builder()
            .name("meshpath_otlp_items")
            .help(
                "Spans, log records and points of pushed metrics by where they went and what became of them.");
    List<OtlpExport.Account> now = accounts.get();
    for (OtlpExport.Account account : now) {
      add(items, account, "exported", account.exported());
      add(items, account, "failed", account.failed());
      add(items, account, "queue_full", account.queueFull());
    }
    GaugeSnapshot.Builder waiting =
        GaugeSnapshot.builder()
            .name("meshpath_otlp_items_waiting")
            .help("Spans, log records and points of pushed metrics in a queue, or on the way.");
    for (OtlpExport.Account account : now) {
      waiting.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of("outlet", account.outlet(), "signal", account.signal()))
              .value((double) account.waiting())
              .build());
    }
    CounterSnapshot sampled =
        CounterSnapshot.builder()
            .name("meshpath_spans_sampled_out")
            .help("Refreshes of paths that were made no span.")
            .dataPoint(
                CounterDataPointSnapshot.builder().value((double) sampledOut.getAsLong()).build())
            .build();
    return MetricSnapshots.of(items.build(), waiting.build(), sampled);
  }

  private static void add(
      CounterSnapshot.Builder to, OtlpExport.Account account, String result, long value) {
    to.dataPoint(
        CounterDataPointSnapshot.builder()
            .labels(
                Labels.of("outlet", account.outlet(), "signal", account.signal(), "result", result))
            .value((double) value)
            .build());
  }
}
