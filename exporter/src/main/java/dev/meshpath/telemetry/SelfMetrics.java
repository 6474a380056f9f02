package dev.meshpath.telemetry;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the exporter says of itself: which build, which hooks are attached, what became of every
 * event. Thread-safe.
 */
public final class SelfMetrics implements MultiCollector {
  private static final Logger logger = LoggerFactory.getLogger(SelfMetrics.class);

  private final BuildInfo build;
  private final String libbpfVersion;
  private final List<Collector> collectors;

  /** By the collector's name: what stands in for a ledger that cannot be read. */
  private final Map<String, EventLedger> last = new ConcurrentHashMap<>();

  /**
   * @param build of this program
   * @param libbpfVersion as {@code 1.1}
   * @param collectors all that are switched on, running or not
   */
  public SelfMetrics(BuildInfo build, String libbpfVersion, List<? extends Collector> collectors) {
    this.build = build;
    this.libbpfVersion = libbpfVersion;
    this.collectors = List.copyOf(collectors);
  }

  @Override
  public MetricSnapshots collect() {
    InfoSnapshot.Builder info =
        InfoSnapshot.builder()
            .name("meshpath_build")
            .help("Version of meshpath and of what it runs with.")
            .dataPoint(
                InfoDataPointSnapshot.builder()
                    .labels(
                        Labels.of(
                            "version",
                            build.version(),
                            "revision",
                            build.revision(),
                            "java",
                            Runtime.version().toString(),
                            "libbpf",
                            libbpfVersion))
                    .build());
    GaugeSnapshot.Builder hooks =
        GaugeSnapshot.builder()
            .name("meshpath_hook_attached")
            .help("Whether a place in the kernel is watched, and by which mechanism.");
    CounterSnapshot.Builder events =
        CounterSnapshot.builder()
            .name("meshpath_events")
            .help("Events by the stage they reached, seen by the kernel programs being the first.");
    CounterSnapshot.Builder lost =
        CounterSnapshot.builder()
            .name("meshpath_events_lost")
            .help("Events that did not get through, by reason.");
    CounterSnapshot.Builder incomplete =
        CounterSnapshot.builder()
            .name("meshpath_events_incomplete")
            .help("Events that got through with less certainty, by reason.");
    GaugeSnapshot.Builder used =
        GaugeSnapshot.builder()
            .name("meshpath_ringbuf_used_bytes")
            .help("Bytes of a ring that wait to be read.");
    GaugeSnapshot.Builder size =
        GaugeSnapshot.builder().name("meshpath_ringbuf_size_bytes").help("Bytes of a ring.");

    long seen = 0;
    long submitted = 0;
    long received = 0;
    long decoded = 0;
    long ringFull = 0;
    long rejected = 0;
    long mapFull = 0;
    long exitMissed = 0;
    for (Collector collector : collectors) {
      for (Hook hook : collector.hooks()) {
        hooks.dataPoint(
            gauge(Labels.of("hook", hook.name(), "mode", hook.mode()), hook.attached() ? 1 : 0));
      }
      EventLedger ledger = ledger(collector);
      seen += ledger.seen();
      submitted += ledger.submitted();
      received += ledger.received();
      decoded += ledger.decoded();
      ringFull += ledger.ringFull();
      rejected += ledger.rejected();
      mapFull += ledger.mapFull();
      exitMissed += ledger.exitMissed();
      if (ledger.ringSizeBytes() > 0) {
        Labels ring = Labels.of("ring", collector.name());
        used.dataPoint(gauge(ring, ledger.ringUsedBytes()));
        size.dataPoint(gauge(ring, ledger.ringSizeBytes()));
      }
    }
    events
        .dataPoint(counter("stage", "seen", seen))
        .dataPoint(counter("stage", "submitted", submitted))
        .dataPoint(counter("stage", "received", received))
        .dataPoint(counter("stage", "decoded", decoded));
    lost.dataPoint(counter("reason", "ring_full", ringFull))
        .dataPoint(counter("reason", "decode", rejected));
    incomplete
        .dataPoint(counter("reason", "map_full", mapFull))
        .dataPoint(counter("reason", "exit_missed", exitMissed));
    return MetricSnapshots.of(
        info.build(),
        hooks.build(),
        events.build(),
        lost.build(),
        incomplete.build(),
        used.build(),
        size.build());
  }

  /**
   * The collector's ledger, or the last one that could be read: a counter that fell to 0 and came
   * back would look like events.
   */
  private EventLedger ledger(Collector collector) {
    try {
      EventLedger ledger = collector.ledger();
      last.put(collector.name(), ledger);
      return ledger;
    } catch (RuntimeException e) {
      logger.error("the ledger of collector {} cannot be read", collector.name(), e);
      return last.getOrDefault(collector.name(), EventLedger.EMPTY);
    }
  }

  private static CounterDataPointSnapshot counter(String label, String value, long count) {
    return CounterDataPointSnapshot.builder()
        .labels(Labels.of(label, value))
        .value((double) count)
        .build();
  }

  private static GaugeDataPointSnapshot gauge(Labels labels, long value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }
}
