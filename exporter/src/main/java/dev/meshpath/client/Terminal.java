package dev.meshpath.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Where lines go.
 *
 * @param present whether that is a terminal, with a person before it
 * @param coloured whether that shows colours, and the person wants them (no-color.org)
 */
public record Terminal(boolean present, boolean coloured) {
  private static final Set<String> GOOD =
      Set.of("add", "assign", "activate", "discovery_ended", "proxy_add", "gate_add", "root_add");
  private static final Set<String> QUIET =
      Set.of("reassign", "sn", "discovery_queued", "discovery_started");
  private static final Set<String> BAD =
      Set.of(
          "add_failed",
          "delete",
          "deactivate",
          "expire",
          "discovery_failed",
          "gate_delete",
          "root_delete",
          "proxy_delete");

  /**
   * The terminal that a standard stream leads to, or none.
   *
   * @param stream as {@code /proc/self/fd/1}
   * @param environment of the process
   */
  public static Terminal of(Path stream, Map<String, String> environment) {
    boolean present = false;
    try {
      present =
          Files.readSymbolicLink(stream).toString().matches("/dev/(pts/\\d+|tty\\w*|console)");
    } catch (IOException e) {
      // a file or a pipe, or no /proc: plain lines are right everywhere
    }
    boolean wanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(present, present && wanted);
  }

  /** An event's word in its colour. */
  String event(String word, String padded) {
    if (!coloured) {
      return padded;
    }
    String code = GOOD.contains(word) ? "32" : BAD.contains(word) ? "31" : "33";
    return "\033[" + (QUIET.contains(word) ? "2" : code) + "m" + padded + "\033[0m";
  }
}
