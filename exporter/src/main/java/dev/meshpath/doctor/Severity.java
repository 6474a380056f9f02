package dev.meshpath.doctor;

import java.util.Locale;

/** How much a finding is in the way; the worst one of all is the exit code. */
public enum Severity {
  /** Nothing is missing. */
  OK(0),
  /** The exporter works, with less. */
  WARN(1),
  /** It cannot work. */
  FAIL(2);

  private final int exitCode;

  Severity(int exitCode) {
    this.exitCode = exitCode;
  }

  /** As in the reports. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** 0 all well, 1 works with less, 2 cannot work. */
  public int exitCode() {
    return exitCode;
  }
}
