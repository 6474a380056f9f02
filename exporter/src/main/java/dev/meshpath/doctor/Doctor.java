package dev.meshpath.doctor;

import java.util.ArrayList;
import java.util.List;

/** Makes all checks, one after the other; one that fails itself is a finding. */
public final class Doctor {
  private final List<Check> before;
  private final HookCheck hooks;
  private final List<Check> after;

  /** A doctor who looks at the hooks between the other checks. */
  Doctor(List<Check> before, HookCheck hooks, List<Check> after) {
    this.before = List.copyOf(before);
    this.hooks = hooks;
    this.after = List.copyOf(after);
  }

  /** A doctor for a machine. */
  public static Doctor of(Machine machine) {
    return new Doctor(
        List.of(
            new KernelCheck(machine.root(), machine.architecture(), machine.config().dataPath()),
            new RightsCheck(machine.mayAttach()),
            new LibbpfCheck(machine.libbpfVersion()),
            new BtfCheck(machine.root(), machine.config().btf()),
            new ModuleCheck(machine.root()),
            new NetlinkCheck(
                machine.root(), machine.libnl(), machine.nl80211(), machine.config().netns())),
        new HookCheck(machine),
        List.of(new HardwareCheck(machine.root())));
  }

  /** Makes all checks. */
  public Diagnosis examine() {
    List<Finding> findings = new ArrayList<>();
    before.forEach(check -> findings.addAll(guarded(check)));
    Diagnosis attached = hooks.examine();
    findings.addAll(attached.findings());
    after.forEach(check -> findings.addAll(guarded(check)));
    return new Diagnosis(findings, attached.hooks());
  }

  private static List<Finding> guarded(Check check) {
    try {
      return check.look();
    } catch (RuntimeException e) {
      return List.of(
          Finding.warn(
              check.subject(),
              "cannot be checked: " + e,
              "what lacks here, if anything, is not known",
              "report this line as a defect of the doctor"));
    }
  }
}
