package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.Events.MESH0;
import static dev.meshpath.collector.meshpath.Events.add;
import static dev.meshpath.collector.meshpath.Events.device;
import static dev.meshpath.collector.meshpath.Events.event;
import static dev.meshpath.collector.meshpath.Events.nextHop;
import static dev.meshpath.collector.meshpath.Events.state;
import static dev.meshpath.collector.meshpath.Events.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.net.MacAddress;
import dev.meshpath.telemetry.Scrapes;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChurnMetricsTest {
  private static final long MS = 1_000_000;
  private static final long A = station(1);
  private static final long B = station(2);
  private static final long TO = station(3);

  private final List<MeshPathEvent> asked = new ArrayList<>();

  private final EventTrace traces =
      new EventTrace() {
        @Override
        public @Nullable String of(MeshPathEvent event) {
          asked.add(event);
          return event.change() == MeshPathChange.DELETE
              ? null
              : "%032x".formatted(event.ktimeNs() / MS);
        }

        @Override
        public void onFrame(MeshFrame frame) {}
      };

  /** A path that is found in 7 ms, moves after 2 s, breaks, is repaired, and is deleted. */
  private static ChurnMetrics follow(@Nullable EventTrace traces) {
    ChurnMetrics metrics = new ChurnMetrics(false, traces);
    MeshPathTable table =
        new MeshPathTable(TableSettings.of(8, Long.MAX_VALUE), event -> {}, metrics::measures);
    MeshPathState blank = state(MacAddress.NONE, 0, 0);
    MeshPathState byA = new MeshPathState(A, 0, 1, 10_000, Events.USABLE, 2, false, false);
    MeshPathState byB = new MeshPathState(B, 0, 2, 9_000, Events.USABLE, 2, false, false);
    MeshPathState broken = state(B, 0, Events.UNUSABLE);
    for (MeshPathEvent event :
        List.of(
            add(MESH0, TO, 10 * MS),
            event(
                MESH0,
                TO,
                11 * MS,
                MeshPathChange.DISCOVERY_STARTED,
                PathCause.DATA_TX,
                null,
                blank),
            event(MESH0, TO, 18 * MS, MeshPathChange.ASSIGN, PathCause.PREP, blank, byA),
            event(MESH0, TO, 18 * MS, MeshPathChange.ACTIVATE, PathCause.PREP, blank, byA),
            event(MESH0, TO, 111 * MS, MeshPathChange.DISCOVERY_ENDED, PathCause.TIMER, byA, byA),
            event(MESH0, TO, 2018 * MS, MeshPathChange.CHANGE, PathCause.PREQ, byA, byB),
            event(MESH0, TO, 3000 * MS, MeshPathChange.DEACTIVATE, PathCause.PERR, byB, broken),
            event(MESH0, TO, 3400 * MS, MeshPathChange.REASSIGN, PathCause.PREP, broken, byB),
            event(MESH0, TO, 3400 * MS, MeshPathChange.ACTIVATE, PathCause.PREP, broken, byB),
            event(MESH0, TO, 4018 * MS, MeshPathChange.DELETE, PathCause.USER, byB, null))) {
      table.apply(event);
      metrics.onEvent(event);
    }
    assertThat(table.snapshot(0).getFirst().changesByClass().values())
        .containsExactly(0L, 1L, 0L, 0L, 0L, 0L, 0L);
    return metrics;
  }

  @Test
  void showsWhatLastedHowLong() {
    String scrape = Scrapes.text(follow(null));
    assertThat(scrape)
        .contains(
            "dot11s_discovery_duration_seconds_bucket{device=\"mesh0\",result=\"resolved\",le=\"0.005\"} 0",
            "dot11s_discovery_duration_seconds_bucket{device=\"mesh0\",result=\"resolved\",le=\"0.01\"} 1",
            "dot11s_discovery_duration_seconds_sum{device=\"mesh0\",result=\"resolved\"} 0.007",
            "dot11s_discovery_duration_seconds_count{device=\"mesh0\",result=\"failed\"} 0",
            "dot11s_path_nexthop_duration_seconds_sum{device=\"mesh0\"} 4.0",
            "dot11s_path_nexthop_duration_seconds_count{device=\"mesh0\"} 2",
            "dot11s_path_outage_seconds_sum{device=\"mesh0\"} 0.4",
            "dot11s_path_change_metric_ratio_sum{device=\"mesh0\"} 0.9",
            "dot11s_path_lifetime_seconds_sum{device=\"mesh0\",end=\"delete\"} 4.008",
            "dot11s_path_lifetime_seconds_count{device=\"mesh0\",end=\"perr\"} 0");
  }

  @Test
  void isNativeToo() {
    assertThat(point(follow(null), "dot11s_path_change_metric_ratio").hasNativeHistogramData())
        .isTrue();
  }

  @Test
  void exemplarNamesTheTraceOfTheEventThatEndedIt() {
    ChurnMetrics metrics = follow(traces);
    assertThat(asked).hasSize(10);
    assertThat(exemplars(metrics, "dot11s_path_change_metric_ratio"))
        .containsExactly("%032x".formatted(2018));
    assertThat(exemplars(metrics, "dot11s_path_outage_seconds"))
        .containsExactly("%032x".formatted(3400));
    // counted, though its trace is not known
    assertThat(point(metrics, "dot11s_path_nexthop_duration_seconds").getCount()).isEqualTo(2);
  }

  @Test
  void deviceThatIsLongGoneTakesItsSeriesAlong() {
    ChurnMetrics metrics = new ChurnMetrics(true, null);
    MeshPathTable table =
        new MeshPathTable(TableSettings.of(8, Long.MAX_VALUE), event -> {}, metrics::measures);
    for (int i = 0; i < 70; i++) {
      table.apply(add(device(1, i, "mesh" + i), TO, i));
    }
    assertThat(Scrapes.text(metrics))
        .doesNotContain("device=\"mesh5\"")
        .contains("dot11s_path_outage_seconds_count{device=\"mesh6\",netns=\"1\"} 0");
  }

  @Test
  void seriesFollowTheName() {
    ChurnMetrics metrics = new ChurnMetrics(false, null);
    MeshPathTable table =
        new MeshPathTable(TableSettings.of(8, Long.MAX_VALUE), event -> {}, metrics::measures);
    table.apply(add(device(1, 7, "mesh0"), TO, 1));
    table.apply(add(device(1, 8, "mesh0"), TO, 2)); // the driver was loaded again
    assertThat(Scrapes.text(metrics)).contains("outage_seconds_count{device=\"mesh0\"} 0");
    table.apply(add(device(1, 8, "mesh9"), TO, 3));
    assertThat(Scrapes.text(metrics))
        .contains("outage_seconds_count{device=\"mesh9\"} 0")
        .doesNotContain("mesh0");
  }

  private static List<String> exemplars(ChurnMetrics metrics, String name) {
    return StreamSupport.stream(point(metrics, name).getExemplars().spliterator(), false)
        .map(exemplar -> String.valueOf(exemplar.getLabels().get("trace_id")))
        .toList();
  }

  private static HistogramDataPointSnapshot point(ChurnMetrics metrics, String name) {
    return metrics.collect().stream()
        .filter(metric -> metric.getMetadata().getName().equals(name))
        .map(HistogramSnapshot.class::cast)
        .findFirst()
        .orElseThrow()
        .getDataPoints()
        .getFirst();
  }

  /** Series of one life that nobody measured exist, so that the first is a step. */
  @Test
  void seriesExistFromTheFirstEvent() {
    ChurnMetrics metrics = new ChurnMetrics(false, null);
    MeshPathTable table =
        new MeshPathTable(TableSettings.of(8, Long.MAX_VALUE), event -> {}, metrics::measures);
    table.apply(nextHop(MESH0, TO, 1, MeshPathChange.ASSIGN, A, 1, 1));
    assertThat(Scrapes.text(metrics))
        .contains("dot11s_path_outage_seconds_count{device=\"mesh0\"} 0");
  }
}
