package dev.meshpath.collector.meshpath.monitor;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The account of a monitor interface. Thread-safe. */
public final class MonitorMetrics implements MultiCollector {
  private final MonitorJoin join;
  private final BooleanSupplier listening;
  private final LongSupplier droppedByKernel;
  private final LongSupplier droppedByInterface;

  /**
   * @param listening whether the interface is open
   * @param droppedByKernel frames that found no room between kernel and exporter
   * @param droppedByInterface frames that the interface had no room for
   */
  public MonitorMetrics(
      MonitorJoin join,
      BooleanSupplier listening,
      LongSupplier droppedByKernel,
      LongSupplier droppedByInterface) {
    this.join = join;
    this.listening = listening;
    this.droppedByKernel = droppedByKernel;
    this.droppedByInterface = droppedByInterface;
  }

  @Override
  public MetricSnapshots collect() {
    CounterSnapshot.Builder frames =
        CounterSnapshot.builder()
            .name("meshpath_monitor_frames")
            .help(
                "Frames that the monitor interface heard, by what became of them: handled by the"
                    + " kernel with or without an event, not handled though for us, overheard, own,"
                    + " repeated.");
    for (Heard.Kind kind : Heard.Kind.values()) {
      for (Heard.Fate fate : Heard.Fate.values()) {
        frames.dataPoint(
            count(
                Labels.of("element", word(kind), "result", word(fate)),
                join.join().count(kind, fate)));
      }
    }
    return MetricSnapshots.of(
        GaugeSnapshot.builder()
            .name("meshpath_monitor_up")
            .help("Whether the monitor interface can be heard.")
            .dataPoint(
                GaugeDataPointSnapshot.builder().value(listening.getAsBoolean() ? 1 : 0).build())
            .build(),
        frames.build(),
        CounterSnapshot.builder()
            .name("meshpath_monitor_records")
            .help(
                "Path selection and peering frames that the kernel handled, and whether the monitor"
                    + " interface heard them in time.")
            .dataPoint(count(Labels.of("result", "matched"), join.join().records(true)))
            .dataPoint(count(Labels.of("result", "unmatched"), join.join().records(false)))
            .build(),
        CounterSnapshot.builder()
            .name("meshpath_monitor_dropped")
            .help("What found no room: in the interface, in the kernel, in the exporter's queue.")
            .dataPoint(count(Labels.of("reason", "interface"), droppedByInterface.getAsLong()))
            .dataPoint(count(Labels.of("reason", "kernel"), droppedByKernel.getAsLong()))
            .dataPoint(count(Labels.of("reason", "queue"), join.dropped()))
            .build());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static CounterDataPointSnapshot count(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }
}
