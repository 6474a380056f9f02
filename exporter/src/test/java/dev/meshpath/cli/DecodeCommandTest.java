package dev.meshpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.config.DecodeConfig;
import dev.meshpath.failure.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecodeCommandTest {
  private final List<DecodeConfig> configs = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void fileAndFormReachTheDecoder() {
    assertThat(execute("decode", "a.pcap")).isZero();
    assertThat(execute("decode", "--json", "a.pcapng")).isZero();
    assertThat(configs)
        .containsExactly(
            new DecodeConfig(Path.of("a.pcap"), false),
            new DecodeConfig(Path.of("a.pcapng"), true));
  }

  @Test
  void withoutAFileThereIsNothingToDo() {
    assertThat(execute("decode")).isEqualTo(Commands.USAGE);
    assertThat(err.toString())
        .isEqualTo("meshpath: Missing required parameter: 'FILE': see meshpath --help.\n");
  }

  @Test
  void failureIsOneSentence() {
    assertThat(execute("decode", "bad")).isEqualTo(Commands.FAILED);
    assertThat(err.toString()).isEqualTo("meshpath: bad is no capture.\n");
  }

  private int execute(String... arguments) {
    return new Commands(
            config -> 0,
            "meshpath 0.0 (revision test)",
            Map.of(),
            new PrintWriter(out, true),
            new PrintWriter(err, true))
        .with(
            new DecodeCommand(
                config -> {
                  if (config.file().endsWith("bad")) {
                    throw new Failure("bad is no capture.");
                  }
                  configs.add(config);
                  return 0;
                }))
        .execute(arguments);
  }
}
