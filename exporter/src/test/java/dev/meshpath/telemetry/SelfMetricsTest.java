package dev.meshpath.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import java.util.List;
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
          new EventLedger(100, 90, 10, 80, 79, 1, 3, 2, 152, 65536),
          List.of(new Hook("hook_a", "fentry", true), new Hook("hook_b", "fentry", false)));
  private static final FakeCollector SECOND =
      new FakeCollector("second", new EventLedger(1, 1, 0, 1, 1, 0, 0, 0, 0, 131072), List.of());

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
            "meshpath_hook_attached{hook=\"hook_b\",mode=\"fentry\"} 0.0");
  }

  @Test
  void countsEventsByStageOverAllCollectors() {
    assertThat(series("meshpath_events_total", FIRST, SECOND))
        .containsExactlyInAnyOrder(
            "meshpath_events_total{stage=\"seen\"} 101.0",
            "meshpath_events_total{stage=\"submitted\"} 91.0",
            "meshpath_events_total{stage=\"received\"} 81.0",
            "meshpath_events_total{stage=\"decoded\"} 80.0");
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
    assertThat(series("meshpath_events_")).hasSize(8).allMatch(line -> line.endsWith(" 0.0"));
  }

  private static List<String> series(String prefix, FakeCollector... collectors) {
    return Scrapes.text(new SelfMetrics(BUILD, "1.5", List.of(collectors)))
        .lines()
        .filter(line -> line.startsWith(prefix))
        .toList();
  }
}
