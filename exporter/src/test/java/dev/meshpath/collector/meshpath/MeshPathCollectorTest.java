package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.KernelBtf;
import dev.meshpath.libbpf.KernelRights;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.net.NetNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshPathCollectorTest {
  private static final List<String> HOOKS =
      List.of(
          "mesh_path_add_entry",
          "mesh_path_add_exit",
          "mesh_path_assign_nexthop_entry",
          "mesh_path_tx_pending_entry",
          "mesh_path_fix_nexthop_exit",
          "mesh_path_error_tx_entry",
          "mesh_path_free_rcu_entry",
          "mesh_queue_preq_entry",
          "mesh_path_timer_entry",
          "mesh_path_timer_exit",
          "mesh_path_flush_pending_entry",
          "mesh_path_discard_frame_entry",
          "ieee80211_mesh_rx_queued_mgmt_entry",
          "ieee80211_mesh_rx_queued_mgmt_exit",
          "mesh_rx_path_sel_frame_entry",
          "mesh_rx_path_sel_frame_exit",
          "mesh_rx_plink_frame_entry",
          "mesh_rx_plink_frame_exit",
          "hwmp_route_info_get_entry",
          "hwmp_route_info_get_exit",
          "ieee80211_tx_skb_tid_entry",
          "ieee80211_add_pending_skb_entry",
          "mpp_path_add_exit",
          "drv_sta_state_entry",
          "ieee80211_mesh_work_entry",
          "ieee80211_mesh_work_exit");

  /** Those that {@code --no-collector.mesh_path.data-path} switches off. */
  private static final List<String> DATA_PATH =
      List.of(
          "mesh_nexthop_resolve_entry",
          "mesh_nexthop_resolve_exit",
          "ieee80211_mesh_xmit_fast_entry",
          "ieee80211_mesh_xmit_fast_exit",
          "ieee80211_rx_mesh_data_entry",
          "ieee80211_rx_mesh_data_exit",
          "ieee80211s_update_metric_entry");

  private static final List<String> TRACEPOINTS =
      List.of(
          "rdev_add_mpath",
          "rdev_change_mpath",
          "rdev_del_mpath",
          "rdev_add_station",
          "rdev_change_station",
          "rdev_del_station",
          "rdev_leave_mesh",
          "rdev_return_int");

  @TempDir private Path btf;

  @Test
  void isNamedAsItsFlag() {
    assertThat(collector(true).name()).isEqualTo("mesh_path");
  }

  @Test
  void saysThatMac80211IsMissing() {
    assumeNoMac80211();
    assertThat(collector(true).obstacle())
        .contains(
            "mac80211 is not loaded, so there is no mesh to watch: load the driver of the Wi-Fi"
                + " card, and it begins by itself.");
  }

  @Test
  void namesItsHooksBeforeItWatches() {
    assertThat(collector(true).hooks())
        .containsExactlyElementsOf(unattached(Stream.of(HOOKS, DATA_PATH, TRACEPOINTS)));
  }

  @Test
  void hooksOfTheDataPathCanBeSwitchedOff() {
    assertThat(collector(false).hooks())
        .containsExactlyElementsOf(unattached(Stream.of(HOOKS, TRACEPOINTS)));
  }

  @Test
  void showsNothingBeforeItWatches() {
    MeshPathCollector collector = collector(true);
    assertThat(collector.ledger()).isEqualTo(EventLedger.EMPTY);
    assertThat(collector.paths().get()).isEmpty();
    assertThat(collector.missed()).isEmpty();
    assertThat(collector.reconciliation().mismatches().values()).containsOnly(0L);
    assertThat(collector.reconciliation().gaps()).isZero();
    assertThat(collector.isStale()).isFalse();
  }

  @Test
  void closeBeforeStartIsHarmless() {
    MeshPathCollector collector = collector(true);
    collector.close();
    assertThat(collector.ledger()).isEqualTo(EventLedger.EMPTY);
  }

  @Test
  void pollsWhereTheKernelTakesNoProgram() {
    KernelRights.assumeMayLoad();
    assumeNoMac80211(); // then the programs find no type to read
    MeshPathCollector collector = collector(true);
    collector.start();
    assertThat(collector.ledger()).isEqualTo(EventLedger.EMPTY);
    assertThat(collector.hooks()).extracting(Hook::mode).containsOnly("poll");
    assertThat(collector.hooks()).extracting(Hook::attached).containsOnly(false);
    assertThatThrownBy(() -> collector.paths().get()).hasMessage("nobody answers.");
    assertThat(threads()).isZero();
    collector.close();
    assertThat(collector.paths().get()).isEmpty();
  }

  private static void assumeNoMac80211() {
    Assumptions.assumeFalse(
        Files.exists(Path.of("/sys/module/mac80211")), "skipped: this kernel has mac80211");
  }

  private static List<Hook> unattached(Stream<List<String>> names) {
    return names.flatMap(List::stream).map(name -> new Hook(name, "none", false)).toList();
  }

  private MeshPathCollector collector(boolean dataPath) {
    return new MeshPathCollector(
        new Libbpf(new LibC()),
        new KernelBtf(btf),
        () -> {
          throw new Failure("nobody answers.");
        },
        new MeshPathCollector.Settings(
            NetNamespace.own(),
            65536,
            TableSettings.of(256, 1),
            true,
            true,
            dataPath,
            null,
            60_000_000_000L,
            288,
            48));
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("mesh_path"))
        .count();
  }
}
