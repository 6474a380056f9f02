package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.Hook;
import java.util.List;

/** A hook as a line of a recording: {@code mesh_path_add_exit fentry attached}. */
final class HookLine {
  private static final String ATTACHED = "attached";
  private static final String BLIND = "blind";

  private HookLine() {}

  static String of(Hook hook) {
    return hook.name() + " " + hook.mode() + " " + (hook.attached() ? ATTACHED : BLIND);
  }

  /** The hooks of those lines that are about one. */
  static List<Hook> parse(List<String> lines) {
    return lines.stream()
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length == 3)
        .map(words -> new Hook(words[0], words[1], words[2].equals(ATTACHED)))
        .toList();
  }
}
