package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.BpfException;
import dev.meshpath.libbpf.KernelBtf;
import dev.meshpath.libbpf.KernelRights;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.ModuleBtf;
import dev.meshpath.net.NetNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshPathCollectorTest {
  private static final Hook[] HOOKS = {
    new Hook("mesh_path_add_exit", "fentry", false),
    new Hook("mesh_path_assign_nexthop_entry", "fentry", false),
    new Hook("mesh_path_tx_pending_entry", "fentry", false),
    new Hook("mesh_path_fix_nexthop_exit", "fentry", false),
    new Hook("hwmp_route_info_get_exit", "fentry", false),
    new Hook("mesh_path_free_rcu_entry", "fentry", false)
  };

  @TempDir private Path btf;

  @Test
  void isNamedAsItsFlag() {
    assertThat(collector().name()).isEqualTo("mesh_path");
  }

  @Test
  void saysThatMac80211IsMissing() {
    assertThat(collector().obstacle())
        .contains(
            "mac80211 is not loaded or has no BTF, so there is no mesh to watch: load the driver of"
                + " the Wi-Fi card and start meshpath again.");
  }

  @Test
  void hasNoObstacleWhereMac80211IsLoaded() {
    ModuleBtf.write(btf, "mac80211", "mesh_path_add");
    assertThat(collector().obstacle()).isEmpty();
  }

  @Test
  void namesItsHooksBeforeItWatches() {
    assertThat(collector().hooks()).containsExactly(HOOKS);
  }

  @Test
  void showsNothingBeforeItWatches() {
    MeshPathCollector collector = collector();
    assertThat(collector.ledger()).isEqualTo(EventLedger.EMPTY);
    assertThat(collector.paths().get()).isEmpty();
  }

  @Test
  void closeBeforeStartIsHarmless() {
    MeshPathCollector collector = collector();
    collector.close();
    assertThat(collector.ledger()).isEqualTo(EventLedger.EMPTY);
  }

  @Test
  void functionThatTheKernelLacksIsBlindHook() {
    KernelRights.assumeMayLoad();
    try (MeshPathCollector collector = collector()) {
      collector.start();
      assertThat(collector.hooks()).containsExactly(HOOKS);
      assertThat(collector.ledger()).isEqualTo(new EventLedger(0, 0, 0, 0, 0, 0, 0, 0, 0, 65536));
      assertThat(collector.paths().get()).isEmpty();
    }
  }

  @Test
  void showsNothingOnceClosed() {
    KernelRights.assumeMayLoad();
    MeshPathCollector collector = collector();
    collector.start();
    collector.close();
    assertThat(collector.ledger()).isEqualTo(EventLedger.EMPTY);
    assertThat(collector.paths().get()).isEmpty();
    assertThat(threads()).isZero();
  }

  @Test
  void failedStartLeavesNothing() {
    KernelRights.assumeMayLoad();
    // says that there is a function that no kernel of these tests can attach to
    ModuleBtf.write(btf, "mac80211", "mesh_path_add");
    Assumptions.assumeFalse(
        Files.exists(Path.of("/sys/kernel/btf/mac80211")),
        "skipped: this kernel has mac80211, so the start does not fail");
    MeshPathCollector collector = collector();
    assertThatThrownBy(collector::start)
        .isInstanceOf(BpfException.class)
        .hasMessageStartingWith("bpf_object__load(mesh_path) failed: ");
    assertThat(collector.ledger()).isEqualTo(EventLedger.EMPTY);
    assertThat(threads()).isZero();
  }

  private MeshPathCollector collector() {
    return new MeshPathCollector(
        new Libbpf(new LibC()),
        new KernelBtf(btf),
        new MeshPathCollector.Settings(NetNamespace.own(), 65536, 256, 1));
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("mesh_path"))
        .count();
  }
}
