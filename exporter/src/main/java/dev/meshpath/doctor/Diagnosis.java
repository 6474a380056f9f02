package dev.meshpath.doctor;

import java.util.Comparator;
import java.util.List;

/**
 * All that was found.
 *
 * @param findings in the order of the checks
 * @param hooks each hook of the exporter
 */
public record Diagnosis(List<Finding> findings, List<HookFinding> hooks) {
  /** A diagnosis of its own copies. */
  public Diagnosis {
    findings = List.copyOf(findings);
    hooks = List.copyOf(hooks);
  }

  /** The worst one of all findings. */
  public Severity severity() {
    return findings.stream()
        .map(Finding::severity)
        .max(Comparator.naturalOrder())
        .orElse(Severity.OK);
  }

  /** How many findings are of that severity. */
  long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
