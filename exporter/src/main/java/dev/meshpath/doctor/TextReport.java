package dev.meshpath.doctor;

/** A diagnosis for people: a line a finding, under it what it costs and what to do. */
public final class TextReport {
  private TextReport() {}

  /** The lines, each with its end. */
  public static String of(Diagnosis diagnosis) {
    int width =
        diagnosis.findings().stream()
            .mapToInt(finding -> finding.subject().length())
            .max()
            .orElse(1);
    StringBuilder text = new StringBuilder();
    for (Finding finding : diagnosis.findings()) {
      text.append(padded(finding.severity().word(), 4))
          .append("  ")
          .append(padded(finding.subject(), width))
          .append("  ")
          .append(line(finding.state()))
          .append('\n');
      append(text, "costs: ", finding.cost());
      append(text, "do:    ", finding.remedy());
    }
    return text.append(summary(diagnosis)).append('\n').toString();
  }

  private static void append(StringBuilder text, String label, String content) {
    if (!content.isEmpty()) {
      text.append("      ").append(label).append(line(content)).append('\n');
    }
  }

  private static String summary(Diagnosis diagnosis) {
    String counts =
        counted(diagnosis.count(Severity.FAIL), "failure")
            + ", "
            + counted(diagnosis.count(Severity.WARN), "warning");
    return switch (diagnosis.severity()) {
      case OK -> "meshpath works here, nothing is missing";
      case WARN -> "meshpath works here, with less: " + counts;
      case FAIL -> "meshpath cannot work here: " + counts;
    };
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** What libraries say may have several lines. */
  private static String line(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
