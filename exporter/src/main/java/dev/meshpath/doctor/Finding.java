package dev.meshpath.doctor;

/**
 * What a check found.
 *
 * @param severity how much it is in the way
 * @param subject one word or two
 * @param state what is
 * @param cost what the lack costs; empty if nothing lacks
 * @param remedy what to do, as an imperative; empty if nothing lacks
 */
public record Finding(Severity severity, String subject, String state, String cost, String remedy) {
  /** All is well, or there is nothing to judge. */
  static Finding ok(String subject, String state) {
    return new Finding(Severity.OK, subject, state, "", "");
  }

  /** Something lacks that the exporter can do without. */
  static Finding warn(String subject, String state, String cost, String remedy) {
    return new Finding(Severity.WARN, subject, state, cost, remedy);
  }

  /** Something lacks that the exporter needs. */
  static Finding fail(String subject, String state, String cost, String remedy) {
    return new Finding(Severity.FAIL, subject, state, cost, remedy);
  }
}
