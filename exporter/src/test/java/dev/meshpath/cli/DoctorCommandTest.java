package dev.meshpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.config.AttachMode;
import dev.meshpath.config.DoctorConfig;
import dev.meshpath.config.NetnsScope;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private final Map<String, String> environment = new HashMap<>();
  private final List<DoctorConfig> configs = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void looksWithTheDefaultsOfTheExporter() {
    assertThat(execute("doctor")).isEqualTo(1);
    assertThat(configs)
        .containsExactly(
            new DoctorConfig(NetnsScope.OWN, AttachMode.AUTO, true, null, false, false));
  }

  @Test
  void everyFlagReachesTheDoctor(@TempDir Path directory) throws IOException {
    Path btf = Files.writeString(directory.resolve("btf"), "");
    execute(
        "doctor",
        "--netns=all",
        "--attach=kprobe",
        "--no-collector.mesh_path.data-path",
        "--btf=" + btf,
        "--json",
        "--verbose");
    assertThat(configs)
        .containsExactly(
            new DoctorConfig(NetnsScope.ALL, AttachMode.KPROBE, false, btf, true, true));
  }

  @Test
  void environmentAndFileOfTheExporterHold(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(directory.resolve("config.yaml"), "netns: all\nlog.level: debug\n");
    environment.put("MESHPATH_ATTACH", "poll");
    execute("doctor", "--config.file=" + file);
    assertThat(configs)
        .containsExactly(
            new DoctorConfig(NetnsScope.ALL, AttachMode.POLL, true, null, false, false));
  }

  @Test
  void wrongFlagIsNamed() {
    assertThat(execute("doctor", "--attach=magic")).isEqualTo(Commands.USAGE);
    assertThat(err.toString())
        .isEqualTo(
            "meshpath: --attach: 'magic' is not possible: write auto or fentry or kprobe or"
                + " poll.\n");
    assertThat(configs).isEmpty();
  }

  @Test
  void helpTellsTheExitCodes() {
    assertThat(execute("doctor", "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: meshpath doctor ").contains("cannot work");
  }

  private int execute(String... arguments) {
    return new Commands(
            config -> 0,
            "meshpath 0.0 (revision test)",
            environment,
            new PrintWriter(out, true),
            new PrintWriter(err, true))
        .with(
            new DoctorCommand(
                config -> {
                  configs.add(config);
                  return 1;
                }))
        .execute(arguments);
  }
}
