package dev.meshpath.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.collector.Reconciliation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SelfMetricsTest {
  private static final BuildInfo BUILD = new BuildInfo("1.2.3", "1a2b3c4");
  private static final FakeCollector FIRST =
      new FakeCollector(
          "first",
          new EventLedger(100, 90, 10, 80, 79, 1, 78, 3, 2, 152, 65536),
          List.of(new Hook("hook_a", "fentry", true), new Hook("hook_b", "none", false)),
          Map.of("hook_b", 2L, "hook_a", 1L),
          new Reconciliation(
              Map.of("next_hop", 3L, "flags", 0L),
              Map.of("add", 4L, "delete", 5L),
              Map.of("loss", 6L, "program_missed", 7L),
              8,
              9));
  private static final FakeCollector SECOND =
      new FakeCollector("second", new EventLedger(1, 1, 0, 1, 1, 0, 1, 0, 0, 0, 131072), List.of());

  private final Logger logger = (Logger) LoggerFactory.getLogger(SelfMetrics.class);

  @BeforeEach
  void hush() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    logger.setLevel(null);
  }

  @Test
  void saysWhichBuildRuns() {
    assertThat(Scrapes.text(new SelfMetrics(BUILD, "1.5", List.of())).lines())
        .contains(
            "meshpath_build_info{java=\""
                + Runtime.version()
                + "\",libbpf=\"1.5\",revision=\"1a2b3c4\",version=\"1.2.3\"} 1");
  }

  @Test
  void saysWhichHooksAreAttached() {
    assertThat(series("meshpath_hook_attached", FIRST, SECOND))
        .containsExactly(
            "meshpath_hook_attached{hook=\"hook_a\",mode=\"fentry\"} 1.0",
            "meshpath_hook_attached{hook=\"hook_b\",mode=\"none\"} 0.0");
  }

  @Test
  void countsEventsByStageOverAllCollectors() {
    assertThat(series("meshpath_events_total", FIRST, SECOND))
        .containsExactlyInAnyOrder(
            "meshpath_events_total{stage=\"seen\"} 101.0",
            "meshpath_events_total{stage=\"submitted\"} 91.0",
            "meshpath_events_total{stage=\"received\"} 81.0",
            "meshpath_events_total{stage=\"decoded\"} 80.0",
            "meshpath_events_total{stage=\"exported\"} 79.0");
  }

  @Test
  void countsLostEventsByReason() {
    assertThat(series("meshpath_events_lost_total", FIRST, SECOND))
        .containsExactlyInAnyOrder(
            "meshpath_events_lost_total{reason=\"ring_full\"} 10.0",
            "meshpath_events_lost_total{reason=\"decode\"} 1.0");
  }

  @Test
  void countsIncompleteEventsByReason() {
    assertThat(series("meshpath_events_incomplete_total", FIRST, SECOND))
        .containsExactlyInAnyOrder(
            "meshpath_events_incomplete_total{reason=\"map_full\"} 3.0",
            "meshpath_events_incomplete_total{reason=\"exit_missed\"} 2.0");
  }

  @Test
  void showsRingOfEachCollector() {
    assertThat(series("meshpath_ringbuf_", FIRST, SECOND))
        .containsExactlyInAnyOrder(
            "meshpath_ringbuf_used_bytes{ring=\"first\"} 152.0",
            "meshpath_ringbuf_used_bytes{ring=\"second\"} 0.0",
            "meshpath_ringbuf_size_bytes{ring=\"first\"} 65536.0",
            "meshpath_ringbuf_size_bytes{ring=\"second\"} 131072.0");
  }

  @Test
  void countsMissedProgramsByHook() {
    assertThat(series("meshpath_program_missed", FIRST, SECOND))
        .containsExactly(
            "meshpath_program_missed_total{hook=\"hook_a\"} 1.0",
            "meshpath_program_missed_total{hook=\"hook_b\"} 2.0");
  }

  @Test
  void countsMismatchesByField() {
    assertThat(series("meshpath_state_mismatch", FIRST, SECOND))
        .containsExactly(
            "meshpath_state_mismatch_total{field=\"flags\"} 0.0",
            "meshpath_state_mismatch_total{field=\"next_hop\"} 3.0");
  }

  @Test
  void countsReconciledEventsByEvent() {
    assertThat(series("meshpath_events_reconciled", FIRST, SECOND))
        .containsExactly(
            "meshpath_events_reconciled_total{event=\"add\"} 4.0",
            "meshpath_events_reconciled_total{event=\"delete\"} 5.0");
  }

  @Test
  void countsResyncsByReason() {
    assertThat(series("meshpath_resyncs", FIRST, SECOND))
        .containsExactly(
            "meshpath_resyncs_total{reason=\"loss\"} 6.0",
            "meshpath_resyncs_total{reason=\"program_missed\"} 7.0");
  }

  @Test
  void countsGapsOfCollectorsThatCompare() {
    assertThat(series("meshpath_event_gaps", FIRST, SECOND))
        .containsExactly("meshpath_event_gaps_total{collector=\"first\"} 8.0");
  }

  @Test
  void showsUnaccountedEventsOfCollectorsThatCompare() {
    assertThat(series("meshpath_events_unaccounted", FIRST, SECOND))
        .containsExactly("meshpath_events_unaccounted{collector=\"first\"} 9.0");
  }

  @Test
  void collectorWithoutRingShowsNone() {
    assertThat(series("meshpath_ringbuf_", new FakeCollector("poll", EventLedger.EMPTY, List.of())))
        .isEmpty();
  }

  @Test
  void ledgerThatCannotBeReadCountsAsItWas() {
    FlakyCollector flaky = new FlakyCollector();
    SelfMetrics metrics = new SelfMetrics(BUILD, "1.5", List.of(flaky, SECOND));
    String seen = "meshpath_events_total{stage=\"seen\"} ";
    assertThat(Scrapes.text(metrics).lines()).contains(seen + "101.0");
    flaky.broken = true;
    assertThat(Scrapes.text(metrics).lines()).contains(seen + "101.0");
  }

  @Test
  void ledgerThatNeverCouldBeReadIsZero() {
    FlakyCollector flaky = new FlakyCollector();
    flaky.broken = true;
    assertThat(Scrapes.text(new SelfMetrics(BUILD, "1.5", List.of(flaky, SECOND))).lines())
        .contains("meshpath_events_total{stage=\"seen\"} 1.0");
  }

  /** As FIRST, until its ledger cannot be read. */
  private static final class FlakyCollector implements Collector {
    private boolean broken;

    @Override
    public String name() {
      return "flaky";
    }

    @Override
    public Optional<String> obstacle() {
      return Optional.empty();
    }

    @Override
    public void start() {}

    @Override
    public List<Hook> hooks() {
      return List.of();
    }

    @Override
    public EventLedger ledger() {
      if (broken) {
        throw new IllegalStateException("made up");
      }
      return FIRST.ledger();
    }

    @Override
    public void close() {}
  }

  @Test
  void withoutCollectorsTheLedgerIsZero() {
    assertThat(series("meshpath_events_")).hasSize(9).allMatch(line -> line.endsWith(" 0.0"));
  }

  private static List<String> series(String prefix, FakeCollector... collectors) {
    return Scrapes.text(new SelfMetrics(BUILD, "1.5", List.of(collectors)))
        .lines()
        .filter(line -> line.startsWith(prefix))
        .toList();
  }
}
