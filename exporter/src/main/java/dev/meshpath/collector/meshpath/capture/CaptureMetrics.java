package dev.meshpath.collector.meshpath.capture;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Supplier;

/** The account of a capture. Thread-safe. */
public final class CaptureMetrics implements MultiCollector {
  private final String point;
  private final Supplier<CauseCapture.Account> account;

  /**
   * @param point where the frames come from
   */
  public CaptureMetrics(String point, Supplier<CauseCapture.Account> account) {
    this.point = point;
    this.account = account;
  }

  @Override
  public MetricSnapshots collect() {
    CauseCapture.Account now = account.get();
    Labels labels = Labels.of("point", point);
    return MetricSnapshots.of(
        CounterSnapshot.builder()
            .name("meshpath_capture_packets")
            .help("Packets in the capture, and what the queue or the disk had no room for.")
            .dataPoint(count(labels.add("result", "written"), now.written()))
            .dataPoint(count(labels.add("result", "dropped"), now.dropped()))
            .build(),
        CounterSnapshot.builder()
            .name("meshpath_capture_bytes")
            .help("Bytes of the written packets, with what stands around them in the file.")
            .dataPoint(count(labels, now.bytes()))
            .build());
  }

  private static CounterDataPointSnapshot count(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }
}
