package dev.meshpath.doctor;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.Hook;
import dev.meshpath.config.AttachMode;
import dev.meshpath.failure.Failure;
import dev.meshpath.nl80211.Nl80211;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Attaches every hook as the exporter would, and lets go again: nothing else tells for sure. */
final class HookCheck {
  private static final String SUBJECT = "hooks";
  private static final String ONE = "hook";
  private static final String POLL = "poll";
  private static final String KPROBE = "kprobe";

  /** Where a BpfException's sentence goes on with what libbpf wrote. */
  private static final String LOG = "; libbpf said: ";

  private static final String TRACE =
      "use a kernel whose mac80211 has BTF (CONFIG_DEBUG_INFO_BTF_MODULES) and that has BPF"
          + " trampolines (arm64: 6.4 or newer)";

  private final Machine machine;

  HookCheck(Machine machine) {
    this.machine = machine;
  }

  /** What became of the hooks; none where another check says why they cannot be tried. */
  Diagnosis examine() {
    if (!machine.mayAttach().getAsBoolean() || !hasLibbpf()) {
      return new Diagnosis(List.of(), List.of());
    }
    try (Collector collector = machine.meshPath().get()) {
      if (collector.obstacle().isPresent()) {
        return new Diagnosis(List.of(), findings(collector.hooks()));
      }
      collector.start();
      List<Hook> hooks = collector.hooks();
      return new Diagnosis(judge(hooks, collector.reasons()), findings(hooks));
    } catch (RuntimeException e) {
      Finding failed =
          Finding.fail(
              SUBJECT,
              "cannot be attached: " + e.getMessage(),
              "the collector mesh_path does not run",
              "report this line as a defect");
      return new Diagnosis(List.of(failed), List.of());
    }
  }

  private boolean hasLibbpf() {
    try {
      return !machine.libbpfVersion().get().isEmpty();
    } catch (Failure e) {
      return false;
    }
  }

  private static List<HookFinding> findings(List<Hook> hooks) {
    return hooks.stream()
        .map(
            hook ->
                new HookFinding(
                    hook.name(),
                    hook.mode(),
                    hook.attached(),
                    hook.attached() ? "" : HookCosts.of(hook.name())))
        .toList();
  }

  private List<Finding> judge(List<Hook> hooks, Map<String, String> reasons) {
    List<Finding> findings = new ArrayList<>();
    if (hooks.stream().noneMatch(Hook::attached)) {
      findings.add(noneAttached(hooks, reasons));
      return findings;
    }
    findings.add(attached(hooks));
    for (Hook hook : hooks) {
      if (!hook.attached()) {
        findings.add(blind(hook, reasons));
      } else if (machine.config().verbose()) {
        findings.add(Finding.ok(ONE, hook.name() + " by " + hook.mode()));
      }
    }
    if (!machine.config().dataPath()) {
      findings.add(
          Finding.ok(
              SUBJECT,
              "those of the data path are switched off: the causes that only they tell become"
                  + " data_unwatched"));
    }
    return findings;
  }

  private Finding attached(List<Hook> hooks) {
    List<Hook> attached = hooks.stream().filter(Hook::attached).toList();
    String state =
        attached.size()
            + (attached.size() == hooks.size() ? "" : " of " + hooks.size())
            + " by "
            + attached.stream().map(Hook::mode).distinct().collect(Collectors.joining(" and "));
    long kprobes = attached.stream().filter(hook -> hook.mode().equals(KPROBE)).count();
    return kprobes == 0
        ? Finding.ok(SUBJECT, state)
        : Finding.warn(
            SUBJECT,
            state + " (" + kprobes + " kprobes)",
            "kprobes are slower than fentry, the kernel skips one that would run inside another,"
                + " and after a reload of mac80211 they see nothing until that is noticed",
            machine.config().attach() == AttachMode.KPROBE ? leaveOut(KPROBE) : TRACE);
  }

  /** Why all of them failed is the same for all, as a rule. */
  private Finding noneAttached(List<Hook> hooks, Map<String, String> reasons) {
    String reason =
        hooks.stream()
            .map(hook -> Optional.ofNullable(reasons.get(hook.name())))
            .flatMap(Optional::stream)
            .findFirst()
            .map(text -> ": " + shortened(text))
            .orElse("");
    String state =
        (hooks.stream().allMatch(hook -> hook.mode().equals(POLL)) ? "polling only" : "none")
            + reason;
    AttachMode mode = machine.config().attach();
    String remedy =
        switch (mode) {
          case POLL, FENTRY -> leaveOut(mode == AttachMode.POLL ? POLL : "fentry");
          case AUTO, KPROBE -> "see what BTF lacks above, and the kernel's log";
        };
    if (nl80211Answers()) {
      return Finding.warn(
          SUBJECT, state, "paths are asked for at each scrape: no events, no causes", remedy);
    }
    return Finding.fail(
        SUBJECT, state + "; and nl80211 does not answer", "there are no paths at all", remedy);
  }

  private boolean nl80211Answers() {
    try (Nl80211 nl80211 = machine.nl80211().get()) {
      nl80211.interfaces(); // whether there is one is for another check
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  private Finding blind(Hook hook, Map<String, String> reasons) {
    String reason = reasons.get(hook.name());
    return Finding.warn(
        ONE,
        hook.name() + " is blind" + (reason == null ? "" : ": " + shortened(reason)),
        HookCosts.of(hook.name()),
        machine.config().attach() == AttachMode.FENTRY
            ? leaveOut("fentry")
            : "use a kernel that the tests of meshpath cover: 6.1, 6.12 or 7.2");
  }

  /** The verifier can say a lot. */
  private String shortened(String reason) {
    int log = reason.indexOf(LOG);
    return log < 0 || machine.config().verbose() || machine.config().json()
        ? reason
        : reason.substring(0, log);
  }

  private static String leaveOut(String mode) {
    return "leave out --attach=" + mode + ": then each hook gets what this kernel allows";
  }
}
