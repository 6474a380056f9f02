package dev.meshpath.frame.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Wireshark's opinion of a capture, for tests. */
public final class Tshark {
  private Tshark() {}

  /**
   * What tshark says.
   *
   * @param exitCode 0: the file is whole
   * @param rows a packet each, tab-separated
   */
  public record Answer(int exitCode, List<String> rows) {}

  /** Skips the test, and says why, where there is none. */
  public static void assume() throws InterruptedException {
    try {
      new ProcessBuilder("tshark", "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      String reason = "tshark is not installed (Debian package tshark): nothing to read with";
      System.out.println("skipped: " + reason);
      Assumptions.abort(reason);
    }
  }

  /** Those fields of all packets; several values of one are separated by bars. */
  public static Answer read(Path file, String... fields) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("tshark", "-r", file.toString(), "-T", "fields", "-E", "aggregator=|"));
    for (String field : fields) {
      command.add("-e");
      command.add(field);
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text.lines().toList());
  }
}
