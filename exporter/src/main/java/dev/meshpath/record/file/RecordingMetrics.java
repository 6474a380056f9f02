package dev.meshpath.record.file;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Supplier;

/** The account of a recording. Thread-safe. */
public final class RecordingMetrics implements MultiCollector {
  private final Supplier<Recorder.Account> account;

  /** Of whoever keeps this account. */
  public RecordingMetrics(Supplier<Recorder.Account> account) {
    this.account = account;
  }

  @Override
  public MetricSnapshots collect() {
    Recorder.Account now = account.get();
    return MetricSnapshots.of(
        CounterSnapshot.builder()
            .name("meshpath_recording_entries")
            .help("Entries of the recording, and what the queue, the disk or its limit left out.")
            .dataPoint(count(Labels.of("result", "written"), now.written()))
            .dataPoint(count(Labels.of("result", "dropped"), now.dropped()))
            .build(),
        CounterSnapshot.builder()
            .name("meshpath_recording_bytes")
            .help("Bytes of the recording.")
            .dataPoint(count(Labels.EMPTY, now.bytes()))
            .build());
  }

  private static CounterDataPointSnapshot count(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }
}
