package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.Events.MESH0;
import static dev.meshpath.collector.meshpath.Events.add;
import static dev.meshpath.collector.meshpath.Events.delete;
import static dev.meshpath.collector.meshpath.Events.device;
import static dev.meshpath.collector.meshpath.Events.nextHop;
import static dev.meshpath.collector.meshpath.Events.station;
import static dev.meshpath.collector.meshpath.MeshPathChange.ASSIGN;
import static dev.meshpath.collector.meshpath.MeshPathChange.CHANGE;
import static dev.meshpath.collector.meshpath.MeshPathChange.REASSIGN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.telemetry.Scrapes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MeshPathMetricsTest {
  private final MeshPathTable table = new MeshPathTable(2, Long.MAX_VALUE);

  @Test
  void tableIsWholeScrape() {
    table.apply(add(MESH0, station(1), 1));
    table.apply(nextHop(MESH0, station(1), 2, ASSIGN, station(1), 8193, 1));
    table.apply(nextHop(MESH0, station(1), 3, CHANGE, station(2), 16386, 2));
    table.apply(nextHop(MESH0, station(1), 4, REASSIGN, station(2), 16387, 2));
    table.apply(nextHop(MESH0, station(2), 5, CHANGE, station(2), 8193, 1));
    table.apply(delete(MESH0, station(2), 6));
    table.apply(add(MESH0, station(3), 7));
    table.apply(add(MESH0, station(4), 8));
    table.apply(nextHop(MESH0, station(4), 9, CHANGE, station(2), 8193, 1));

    assertThat(scrape(false))
        .isEqualTo(
            """
            # HELP dot11s_discovery_total Path discoveries that are over, by result.
            # TYPE dot11s_discovery_total counter
            dot11s_discovery_total{device="mesh0",result="failed"} 0.0
            dot11s_discovery_total{device="mesh0",result="resolved"} 0.0
            dot11s_discovery_total{device="mesh0",result="superseded"} 0.0
            # HELP dot11s_discovery_events_total Steps of path discoveries, by what happened and why.
            # TYPE dot11s_discovery_events_total counter
            dot11s_discovery_events_total{cause="data_rx",device="mesh0",event="queued"} 0.0
            dot11s_discovery_events_total{cause="data_rx",device="mesh0",event="started"} 0.0
            dot11s_discovery_events_total{cause="data_tx",device="mesh0",event="queued"} 0.0
            dot11s_discovery_events_total{cause="data_tx",device="mesh0",event="started"} 0.0
            dot11s_discovery_events_total{cause="rann",device="mesh0",event="queued"} 0.0
            dot11s_discovery_events_total{cause="rann",device="mesh0",event="started"} 0.0
            dot11s_discovery_events_total{cause="timer",device="mesh0",event="ended"} 0.0
            dot11s_discovery_events_total{cause="timer",device="mesh0",event="failed"} 0.0
            dot11s_discovery_events_total{cause="timer",device="mesh0",event="retried"} 0.0
            # HELP dot11s_discovery_retries_total Path requests that were sent again.
            # TYPE dot11s_discovery_retries_total counter
            dot11s_discovery_retries_total{device="mesh0"} 0.0
            # HELP dot11s_gate_events_total Gates that became known, and whose entry was deleted.
            # TYPE dot11s_gate_events_total counter
            dot11s_gate_events_total{device="mesh0",event="add"} 0.0
            dot11s_gate_events_total{device="mesh0",event="delete"} 0.0
            # HELP dot11s_gates Known gates.
            # TYPE dot11s_gates gauge
            dot11s_gates{device="mesh0"} 0.0
            # HELP dot11s_hwmp_frames_rejected_total Received HWMP elements that told nothing new or better, by reason.
            # TYPE dot11s_hwmp_frames_rejected_total counter
            dot11s_hwmp_frames_rejected_total{device="mesh0",element="perr",reason="no_path"} 0.0
            dot11s_hwmp_frames_rejected_total{device="mesh0",element="perr",reason="not_next_hop"} 0.0
            dot11s_hwmp_frames_rejected_total{device="mesh0",element="perr",reason="stale_sn"} 0.0
            dot11s_hwmp_frames_rejected_total{device="mesh0",element="prep",reason="stale_sn"} 0.0
            dot11s_hwmp_frames_rejected_total{device="mesh0",element="prep",reason="worse_metric"} 0.0
            dot11s_hwmp_frames_rejected_total{device="mesh0",element="preq",reason="own"} 0.0
            dot11s_hwmp_frames_rejected_total{device="mesh0",element="preq",reason="stale_sn"} 0.0
            dot11s_hwmp_frames_rejected_total{device="mesh0",element="preq",reason="worse_metric"} 0.0
            dot11s_hwmp_frames_rejected_total{device="mesh0",element="rann",reason="own"} 0.0
            dot11s_hwmp_frames_rejected_total{device="mesh0",element="rann",reason="stale_sn"} 0.0
            dot11s_hwmp_frames_rejected_total{device="mesh0",element="rann",reason="worse_metric"} 0.0
            # HELP dot11s_path_info Current next hop of a destination, 00:00:00:00:00:00 while there is none.
            # TYPE dot11s_path_info gauge
            dot11s_path_info{destination="02:00:00:00:01:00",device="mesh0",next_hop="02:00:00:00:02:00"} 1
            dot11s_path_info{destination="02:00:00:00:03:00",device="mesh0",next_hop="00:00:00:00:00:00"} 1
            # HELP dot11s_path_active Whether frames to the destination go by the path.
            # TYPE dot11s_path_active gauge
            dot11s_path_active{destination="02:00:00:00:01:00",device="mesh0"} 1.0
            dot11s_path_active{destination="02:00:00:00:03:00",device="mesh0"} 0.0
            # HELP dot11s_path_changes_total Next hop changes to a different neighbour.
            # TYPE dot11s_path_changes_total counter
            dot11s_path_changes_total{destination="02:00:00:00:01:00",device="mesh0"} 1.0
            dot11s_path_changes_total{destination="02:00:00:00:03:00",device="mesh0"} 0.0
            dot11s_path_changes_total{destination="other",device="mesh0"} 1.0
            # HELP dot11s_path_changes_by_class_total Next hop changes, by why there was another.
            # TYPE dot11s_path_changes_by_class_total counter
            dot11s_path_changes_by_class_total{class="better_metric",device="mesh0"} 0.0
            dot11s_path_changes_by_class_total{class="command",device="mesh0"} 0.0
            dot11s_path_changes_by_class_total{class="error_frame",device="mesh0"} 0.0
            dot11s_path_changes_by_class_total{class="expired",device="mesh0"} 0.0
            dot11s_path_changes_by_class_total{class="fresher_sn",device="mesh0"} 3.0
            dot11s_path_changes_by_class_total{class="other",device="mesh0"} 0.0
            dot11s_path_changes_by_class_total{class="peer_lost",device="mesh0"} 0.0
            # HELP dot11s_path_destinations Destinations with series of their own, those recently deleted included.
            # TYPE dot11s_path_destinations gauge
            dot11s_path_destinations{device="mesh0"} 2.0
            # HELP dot11s_path_destinations_dropped_total Destinations that got no series of their own because of the limit.
            # TYPE dot11s_path_destinations_dropped_total counter
            dot11s_path_destinations_dropped_total{device="mesh0"} 1.0
            # HELP dot11s_path_destinations_limit Most destinations with series of their own, the rest counts as "other".
            # TYPE dot11s_path_destinations_limit gauge
            dot11s_path_destinations_limit{device="mesh0"} 2.0
            # HELP dot11s_path_events_total Events of the mesh path table, by what happened and why.
            # TYPE dot11s_path_events_total counter
            dot11s_path_events_total{cause="data_tx",device="mesh0",event="add"} 0.0
            dot11s_path_events_total{cause="data_tx",device="mesh0",event="add_failed"} 0.0
            dot11s_path_events_total{cause="data_tx",device="mesh0",event="delete"} 0.0
            dot11s_path_events_total{cause="interface",device="mesh0",event="delete"} 0.0
            dot11s_path_events_total{cause="peer_loss",device="mesh0",event="delete"} 0.0
            dot11s_path_events_total{cause="perr",device="mesh0",event="deactivate"} 0.0
            dot11s_path_events_total{cause="prep",device="mesh0",event="activate"} 0.0
            dot11s_path_events_total{cause="prep",device="mesh0",event="add"} 0.0
            dot11s_path_events_total{cause="prep",device="mesh0",event="add_failed"} 0.0
            dot11s_path_events_total{cause="prep",device="mesh0",event="assign"} 1.0
            dot11s_path_events_total{cause="prep",device="mesh0",event="change"} 3.0
            dot11s_path_events_total{cause="prep",device="mesh0",event="reassign"} 1.0
            dot11s_path_events_total{cause="preq",device="mesh0",event="activate"} 0.0
            dot11s_path_events_total{cause="preq",device="mesh0",event="add"} 3.0
            dot11s_path_events_total{cause="preq",device="mesh0",event="add_failed"} 0.0
            dot11s_path_events_total{cause="preq",device="mesh0",event="assign"} 0.0
            dot11s_path_events_total{cause="preq",device="mesh0",event="change"} 0.0
            dot11s_path_events_total{cause="preq",device="mesh0",event="reassign"} 0.0
            dot11s_path_events_total{cause="preq",device="mesh0",event="sn"} 0.0
            dot11s_path_events_total{cause="rann",device="mesh0",event="add"} 0.0
            dot11s_path_events_total{cause="rann",device="mesh0",event="add_failed"} 0.0
            dot11s_path_events_total{cause="rann",device="mesh0",event="sn"} 0.0
            dot11s_path_events_total{cause="timer",device="mesh0",event="delete"} 1.0
            dot11s_path_events_total{cause="timer",device="mesh0",event="expire"} 0.0
            dot11s_path_events_total{cause="tx_failure",device="mesh0",event="deactivate"} 0.0
            dot11s_path_events_total{cause="user",device="mesh0",event="activate"} 0.0
            dot11s_path_events_total{cause="user",device="mesh0",event="add"} 0.0
            dot11s_path_events_total{cause="user",device="mesh0",event="add_failed"} 0.0
            dot11s_path_events_total{cause="user",device="mesh0",event="assign"} 0.0
            dot11s_path_events_total{cause="user",device="mesh0",event="change"} 0.0
            dot11s_path_events_total{cause="user",device="mesh0",event="delete"} 0.0
            dot11s_path_events_total{cause="user",device="mesh0",event="fix"} 0.0
            dot11s_path_events_total{cause="user",device="mesh0",event="reassign"} 0.0
            # HELP dot11s_path_flap_penalty Figure that rises with each move of a path and halves with each half-life.
            # TYPE dot11s_path_flap_penalty gauge
            dot11s_path_flap_penalty{destination="02:00:00:00:01:00",device="mesh0"} 1000.0
            dot11s_path_flap_penalty{destination="02:00:00:00:03:00",device="mesh0"} 0.0
            # HELP dot11s_path_flapping Whether a path moves too often to be called stable.
            # TYPE dot11s_path_flapping gauge
            dot11s_path_flapping{destination="02:00:00:00:01:00",device="mesh0"} 0.0
            dot11s_path_flapping{destination="02:00:00:00:03:00",device="mesh0"} 0.0
            # HELP dot11s_path_hops Hops to the destination, 1 for a neighbour, 0 while unknown.
            # TYPE dot11s_path_hops gauge
            dot11s_path_hops{destination="02:00:00:00:01:00",device="mesh0"} 2.0
            dot11s_path_hops{destination="02:00:00:00:03:00",device="mesh0"} 0.0
            # HELP dot11s_path_metric Airtime metric of the path in units of 0.01 TU, summed over its hops.
            # TYPE dot11s_path_metric gauge
            dot11s_path_metric{destination="02:00:00:00:01:00",device="mesh0"} 16387.0
            dot11s_path_metric{destination="02:00:00:00:03:00",device="mesh0"} 0.0
            # HELP dot11s_path_reassigns_total Assignments of the next hop that was there before: refreshes, not flaps.
            # TYPE dot11s_path_reassigns_total counter
            dot11s_path_reassigns_total{device="mesh0"} 1.0
            # HELP dot11s_path_returns_total Next hop changes back to the one before, soon after.
            # TYPE dot11s_path_returns_total counter
            dot11s_path_returns_total{destination="02:00:00:00:01:00",device="mesh0"} 0.0
            dot11s_path_returns_total{destination="02:00:00:00:03:00",device="mesh0"} 0.0
            dot11s_path_returns_total{destination="other",device="mesh0"} 0.0
            # HELP dot11s_paths Entries of the path table, by state.
            # TYPE dot11s_paths gauge
            dot11s_paths{device="mesh0",state="active"} 2.0
            dot11s_paths{device="mesh0",state="fixed"} 0.0
            dot11s_paths{device="mesh0",state="inactive"} 1.0
            dot11s_paths{device="mesh0",state="resolving"} 0.0
            # HELP dot11s_paths_limit Most entries that the kernel's path table takes.
            # TYPE dot11s_paths_limit gauge
            dot11s_paths_limit{device="mesh0"} 1024.0
            # HELP dot11s_proxy_path_events_total Events of the proxy table, by what happened and why.
            # TYPE dot11s_proxy_path_events_total counter
            dot11s_proxy_path_events_total{cause="data_rx",device="mesh0",event="add"} 0.0
            dot11s_proxy_path_events_total{cause="data_rx",device="mesh0",event="change"} 0.0
            dot11s_proxy_path_events_total{cause="interface",device="mesh0",event="delete"} 0.0
            dot11s_proxy_path_events_total{cause="timer",device="mesh0",event="delete"} 0.0
            dot11s_proxy_path_events_total{cause="user",device="mesh0",event="delete"} 0.0
            # HELP dot11s_proxy_paths Entries of the proxy table.
            # TYPE dot11s_proxy_paths gauge
            dot11s_proxy_paths{device="mesh0"} 0.0
            # HELP dot11s_root_events_total Roots that became known, and whose entry was deleted.
            # TYPE dot11s_root_events_total counter
            dot11s_root_events_total{device="mesh0",event="add"} 0.0
            dot11s_root_events_total{device="mesh0",event="delete"} 0.0
            """);
  }

  @Test
  void namespacesAreToldApartByLabel() {
    table.apply(add(device(-1, 7, "mesh0"), station(1), 1));
    assertThat(scrape(true).lines().filter(line -> !line.startsWith("#")))
        .isNotEmpty()
        .allMatch(line -> line.contains("device=\"mesh0\",") && line.contains("4294967295"));
  }

  @Test
  void tableWithoutDevicesHasNoSeries() {
    assertThat(scrape(false).lines().filter(line -> !line.startsWith("#"))).isEmpty();
  }

  @Test
  void oneLookMakesAllSeries() {
    int[] looks = {0};
    new MeshPathMetrics(
            () -> {
              looks[0]++;
              return table.snapshot(1);
            },
            false,
            2)
        .collect();
    assertThat(looks[0]).isOne();
  }

  @Test
  void labelsThatWereKeptFollowThePath() {
    MeshPathMetrics metrics = new MeshPathMetrics(() -> table.snapshot(0), false, 2);
    table.apply(nextHop(MESH0, station(1), 1, ASSIGN, station(1), 8193, 1));
    table.apply(nextHop(MESH0, station(2), 2, ASSIGN, station(2), 8193, 1));
    assertThat(infos(metrics)).containsExactly(info(1, 1), info(2, 2));

    table.apply(nextHop(MESH0, station(1), 3, CHANGE, station(2), 16386, 2));
    assertThat(infos(metrics)).containsExactly(info(1, 2), info(2, 2));

    table.apply(delete(MESH0, station(1), 4));
    table.apply(nextHop(MESH0, station(3), 5, ASSIGN, station(2), 16386, 2)); // in its place
    assertThat(infos(metrics)).containsExactly(info(2, 2), info(3, 2));
  }

  private static String info(int destination, int nextHop) {
    return "dot11s_path_info{destination=\"02:00:00:00:0%d:00\",device=\"mesh0\",next_hop=\"02:00:00:00:0%d:00\"} 1"
        .formatted(destination, nextHop);
  }

  private static Stream<String> infos(MeshPathMetrics metrics) {
    return Scrapes.text(metrics).lines().filter(line -> line.startsWith("dot11s_path_info{"));
  }

  private String scrape(boolean labelNetns) {
    return Scrapes.text(new MeshPathMetrics(() -> table.snapshot(0), labelNetns, 2));
  }
}
