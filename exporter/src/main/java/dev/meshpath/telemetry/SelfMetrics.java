package dev.meshpath.telemetry;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.collector.Reconciliation;
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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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

    CounterSnapshot.Builder missed =
        counters(
            "meshpath_program_missed",
            "How often the kernel skipped a program because it ran already on that CPU.");
    CounterSnapshot.Builder mismatches =
        counters(
            "meshpath_state_mismatch",
            "Table entries that differed from the kernel's though no event was lost, by field.");
    CounterSnapshot.Builder reconciled =
        counters(
            "meshpath_events_reconciled",
            "Events that were missed and whose effect was read from the kernel's table later.");
    CounterSnapshot.Builder resyncs =
        counters(
            "meshpath_resyncs", "Comparisons with the kernel's table after a loss, by reason.");
    CounterSnapshot.Builder gaps =
        counters("meshpath_event_gaps", "Places in the stream of events where some were lost.");
    GaugeSnapshot.Builder unaccounted =
        GaugeSnapshot.builder()
            .name("meshpath_events_unaccounted")
            .help("Events that the ledger cannot explain: a defect.");

    long seen = 0;
    long exported = 0;
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
      exported += ledger.exported();
      mapFull += ledger.mapFull();
      exitMissed += ledger.exitMissed();
      if (ledger.ringSizeBytes() > 0) {
        Labels ring = Labels.of("ring", collector.name());
        used.dataPoint(gauge(ring, ledger.ringUsedBytes()));
        size.dataPoint(gauge(ring, ledger.ringSizeBytes()));
      }
      count(missed, "hook", read(collector::missed, Map.of()));
      Reconciliation compared = read(collector::reconciliation, Reconciliation.NONE);
      if (!compared.equals(Reconciliation.NONE)) {
        count(mismatches, "field", compared.mismatches());
        count(reconciled, "event", compared.reconciled());
        count(resyncs, "reason", compared.resyncs());
        Labels name = Labels.of("collector", collector.name());
        gaps.dataPoint(
            CounterDataPointSnapshot.builder()
                .labels(name)
                .value((double) compared.gaps())
                .build());
        unaccounted.dataPoint(gauge(name, compared.unaccounted()));
      }
    }
    events
        .dataPoint(counter("stage", "seen", seen))
        .dataPoint(counter("stage", "submitted", submitted))
        .dataPoint(counter("stage", "received", received))
        .dataPoint(counter("stage", "decoded", decoded))
        .dataPoint(counter("stage", "exported", exported));
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
        missed.build(),
        mismatches.build(),
        reconciled.build(),
        resyncs.build(),
        gaps.build(),
        unaccounted.build(),
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

  /** One that is about to be closed may not answer any more. */
  private static <T> T read(Supplier<T> look, T otherwise) {
    try {
      return look.get();
    } catch (RuntimeException e) {
      logger.debug("a collector cannot say what it missed", e);
      return otherwise;
    }
  }

  private static CounterSnapshot.Builder counters(String name, String help) {
    return CounterSnapshot.builder().name(name).help(help);
  }

  private static void count(
      CounterSnapshot.Builder counters, String label, Map<String, Long> counts) {
    new TreeMap<>(counts)
        .forEach((value, count) -> counters.dataPoint(counter(label, value, count)));
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
