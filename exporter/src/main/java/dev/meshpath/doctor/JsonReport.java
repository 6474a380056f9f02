package dev.meshpath.doctor;

import static java.util.stream.Collectors.joining;

import dev.meshpath.json.Json;

/** A diagnosis for programs: one line of JSON, with every hook. */
public final class JsonReport {
  private JsonReport() {}

  /** The line, without its end. */
  public static String of(Diagnosis diagnosis) {
    return "{\"severity\":"
        + Json.string(diagnosis.severity().word())
        + ",\"findings\":"
        + diagnosis.findings().stream().map(JsonReport::of).collect(joining(",", "[", "]"))
        + ",\"hooks\":"
        + diagnosis.hooks().stream().map(JsonReport::of).collect(joining(",", "[", "]"))
        + "}";
  }

  private static String of(Finding finding) {
    return "{\"severity\":"
        + Json.string(finding.severity().word())
        + ",\"subject\":"
        + Json.string(finding.subject())
        + ",\"state\":"
        + Json.string(finding.state())
        + ",\"cost\":"
        + Json.string(finding.cost())
        + ",\"remedy\":"
        + Json.string(finding.remedy())
        + "}";
  }

  private static String of(HookFinding hook) {
    return "{\"hook\":"
        + Json.string(hook.hook())
        + ",\"mode\":"
        + Json.string(hook.mode())
        + ",\"attached\":"
        + hook.attached()
        + ",\"cost\":"
        + Json.string(hook.cost())
        + "}";
  }
}
