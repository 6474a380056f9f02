package dev.meshpath.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.config.AttachMode;
import dev.meshpath.config.DoctorConfig;
import dev.meshpath.config.NetnsScope;
import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.HookLadder;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.nl80211.FakeKernel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookCheckTest {
  private static final Hook ADD = new Hook("mesh_path_add_exit", "fentry", true);
  private static final Hook LEAVE = new Hook("rdev_leave_mesh", "tracepoint", true);

  private final FakeKernel nl80211 = new FakeKernel().devices();
  private final FakeCollector collector = new FakeCollector();
  private AttachMode attach = AttachMode.AUTO;
  private boolean dataPath = true;
  private boolean verbose;
  private boolean mayAttach = true;

  @Test
  void allByTheirBestWayAreOneLine() {
    collector.hooks = List.of(ADD, LEAVE);
    assertThat(examine().findings())
        .containsExactly(Finding.ok("hooks", "2 by fentry and tracepoint"));
    assertThat(collector.closed).isTrue();
  }

  @Test
  void verboseListsEach() {
    verbose = true;
    collector.hooks = List.of(ADD, LEAVE);
    assertThat(examine().findings())
        .extracting(Finding::state)
        .containsExactly(
            "2 by fentry and tracepoint",
            "mesh_path_add_exit by fentry",
            "rdev_leave_mesh by tracepoint");
  }

  @Test
  void kprobesCost() {
    collector.hooks = List.of(new Hook("mesh_path_add_exit", "kprobe", true), LEAVE);
    assertThat(examine().findings())
        .singleElement()
        .returns(Severity.WARN, Finding::severity)
        .returns("2 by kprobe and tracepoint (1 kprobes)", Finding::state)
        .satisfies(finding -> assertThat(finding.remedy()).contains("BTF"));
    attach = AttachMode.KPROBE;
    assertThat(examine().findings().getFirst().remedy()).startsWith("leave out --attach=kprobe");
  }

  @Test
  void blindHookSaysWhyAndWhatItCosts() {
    collector.hooks = List.of(new Hook("mesh_path_free_rcu_entry", "none", false), LEAVE);
    collector.reasons.put("mesh_path_free_rcu_entry", "this kernel has no such function");
    Diagnosis diagnosis = examine();
    assertThat(diagnosis.findings().getFirst())
        .isEqualTo(Finding.ok("hooks", "1 of 2 by tracepoint"));
    assertThat(diagnosis.findings().getLast())
        .returns(Severity.WARN, Finding::severity)
        .returns(
            "mesh_path_free_rcu_entry is blind: this kernel has no such function", Finding::state)
        .returns(HookCosts.of("mesh_path_free_rcu_entry"), Finding::cost);
    assertThat(diagnosis.hooks())
        .containsExactly(
            new HookFinding(
                "mesh_path_free_rcu_entry",
                "none",
                false,
                "deletions are not seen: paths stay until the table is compared with the"
                    + " kernel's"),
            new HookFinding("rdev_leave_mesh", "tracepoint", true, ""));
  }

  @Test
  void pollingIsLess() {
    collector.hooks = List.of(new Hook("mesh_path_add_exit", "poll", false));
    collector.reasons.put(
        "mesh_path_add_exit", "bpf() failed: No such process; libbpf said: a | b");
    assertThat(examine().findings())
        .singleElement()
        .returns(Severity.WARN, Finding::severity)
        .returns("polling only: bpf() failed: No such process", Finding::state);
    attach = AttachMode.POLL;
    assertThat(examine().findings().getFirst().remedy()).startsWith("leave out --attach=poll");
    assertThat(nl80211.open()).isZero();
  }

  @Test
  void pollingWithoutNl80211IsNothing() {
    nl80211.refuse("NL80211_CMD_GET_INTERFACE", 1);
    collector.hooks = List.of(new Hook("mesh_path_add_exit", "poll", false));
    assertThat(examine().severity()).isEqualTo(Severity.FAIL);
  }

  @Test
  void switchedOffDataPathIsSaid() {
    dataPath = false;
    collector.hooks = List.of(ADD);
    assertThat(examine().findings().getLast())
        .returns(Severity.OK, Finding::severity)
        .satisfies(finding -> assertThat(finding.state()).contains("data_unwatched"));
  }

  @Test
  void nothingIsTriedWithoutRights() {
    mayAttach = false;
    assertThat(examine()).isEqualTo(new Diagnosis(List.of(), List.of()));
    assertThat(collector.started).isFalse();
  }

  @Test
  void obstacleIsForAnotherCheckToTell() {
    collector.hooks = List.of(new Hook("mesh_path_add_exit", "none", false));
    collector.obstacle = Optional.of("mac80211 is not loaded.");
    Diagnosis diagnosis = examine();
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.hooks()).hasSize(1);
    assertThat(collector.started).isFalse();
  }

  @Test
  void collectorThatDoesNotStartIsAFinding() {
    collector.refusal = "out of order.";
    assertThat(examine().findings())
        .singleElement()
        .returns(Severity.FAIL, Finding::severity)
        .returns("cannot be attached: out of order.", Finding::state);
    assertThat(collector.closed).isTrue();
  }

  @Test
  void costOfEveryHookIsKnown() {
    try (BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path")) {
      assertThat(HookCosts.hooks()).containsExactlyInAnyOrderElementsOf(HookLadder.hooks(object));
    }
  }

  private Diagnosis examine() {
    return new HookCheck(
            new Machine(
                Path.of("/none"),
                "amd64",
                new DoctorConfig(NetnsScope.OWN, attach, dataPath, null, false, verbose),
                () -> mayAttach,
                () -> "1.5",
                () -> {},
                nl80211,
                () -> collector))
        .examine();
  }

  private static final class FakeCollector implements Collector {
    private List<Hook> hooks = List.of();
    private final Map<String, String> reasons = new HashMap<>();
    private Optional<String> obstacle = Optional.empty();
    private String refusal = "";
    private boolean started;
    private boolean closed;

    @Override
    public String name() {
      return "mesh_path";
    }

    @Override
    public Optional<String> obstacle() {
      return obstacle;
    }

    @Override
    public void start() {
      started = true;
      if (!refusal.isEmpty()) {
        throw new Failure(refusal);
      }
    }

    @Override
    public List<Hook> hooks() {
      return hooks;
    }

    @Override
    public Map<String, String> reasons() {
      return reasons;
    }

    @Override
    public EventLedger ledger() {
      return EventLedger.EMPTY;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
