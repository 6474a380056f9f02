package dev.meshpath.http;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.LongSupplier;

/**
 * Who follows the events, as Prometheus series.
 *
 * <pre>
 * meshpath_event_stream_clients 1.0
 * meshpath_event_stream_missed_total 0.0
 * </pre>
 *
 * @param clients how many follow now
 * @param missed events that were too fast for a client
 */
public record StreamMetrics(LongSupplier clients, LongSupplier missed) implements MultiCollector {
  @Override
  public MetricSnapshots collect() {
    return MetricSnapshots.of(
        GaugeSnapshot.builder()
            .name("meshpath_event_stream_clients")
            .help("Clients that follow the events at /events.")
            .dataPoint(GaugeDataPointSnapshot.builder().value((double) clients.getAsLong()).build())
            .build(),
        CounterSnapshot.builder()
            .name("meshpath_event_stream_missed")
            .help("Events that a client of /events was too slow for.")
            .dataPoint(
                CounterDataPointSnapshot.builder().value((double) missed.getAsLong()).build())
            .build());
  }
}
