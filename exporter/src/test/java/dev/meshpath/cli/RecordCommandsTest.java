package dev.meshpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.config.ExporterConfig;
import dev.meshpath.config.ImportConfig;
import dev.meshpath.config.LogFormat;
import dev.meshpath.config.LogLevel;
import dev.meshpath.config.RecordConfig;
import dev.meshpath.config.ReplayConfig;
import dev.meshpath.config.ServeConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code record}, {@code replay}, {@code import}. */
class RecordCommandsTest {
  @TempDir private Path directory;
  private final StringWriter err = new StringWriter();
  private final List<ExporterConfig> exporters = new ArrayList<>();
  private final List<ReplayConfig> replays = new ArrayList<>();
  private final List<ImportConfig> imports = new ArrayList<>();

  private int execute(String... arguments) {
    return new Commands(
            config -> exporters.add(config) ? 0 : 1,
            "meshpath 1",
            Map.of(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err))
        .with(new RecordCommand(config -> exporters.add(config) ? 0 : 1))
        .with(new ReplayCommand(config -> replays.add(config) ? 0 : 1))
        .with(new ImportCommand(config -> imports.add(config) ? 0 : 1))
        .execute(arguments);
  }

  private Path file() {
    return directory.resolve("run.mpr");
  }

  @Test
  void recordWatchesAndServesNothing() {
    assertThat(execute("record", file().toString(), "--max-bytes=300000", "--log.level=warn"))
        .isZero();
    ExporterConfig config = exporters.getFirst();
    assertThat(config.recording()).isEqualTo(new RecordConfig(file(), 300_000));
    assertThat(config.serve()).isEqualTo(ServeConfig.silent(LogLevel.WARN, LogFormat.TEXT));
    assertThat(config.serve().listen()).isNull();
    assertThat(config.meshPath()).isTrue();
    assertThat(config.peerLink()).isFalse();
    assertThat(config.ringSize().bytes()).isEqualTo(8_388_608);
  }

  @Test
  void exporterRecords() {
    assertThat(execute("--record.file=" + file(), "--record.max-bytes=300000")).isZero();
    assertThat(exporters.getFirst().recording()).isEqualTo(new RecordConfig(file(), 300_000));
    assertThat(execute()).isZero();
    assertThat(exporters.getLast().recording()).isEqualTo(RecordConfig.NONE);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "0.5,0.5", "60,60", "max,Infinity"})
  void replayHasASpeed(String text, double speed) {
    assertThat(execute("replay", "run.mpr", "--speed=" + text)).isZero();
    assertThat(replays.getFirst().speed()).isEqualTo(speed);
    assertThat(replays.getFirst().file()).isEqualTo(Path.of("run.mpr"));
    assertThat(replays.getFirst().exitAtEnd()).isFalse();
  }

  @Test
  void replayTakesTheFlagsOfTheExporter() {
    Path metrics = directory.resolve("m");
    Path spans = directory.resolve("s");
    assertThat(
            execute(
                "replay",
                "run.mpr",
                "--exit-at-end",
                "--metrics.file=" + metrics,
                "--traces.file=" + spans,
                "--path.destinations=7"))
        .isZero();
    ReplayConfig config = replays.getFirst();
    assertThat(config.exitAtEnd()).isTrue();
    assertThat(config.speed()).isOne();
    assertThat(config.serve().metricsFile()).isEqualTo(metrics);
    assertThat(config.serve().otlp().tracesFile()).isEqualTo(spans);
    assertThat(config.serve().destinationLimit()).isEqualTo(7);
  }

  @Test
  void importNamesItsFiles() {
    assertThat(execute("import", "a.json", "-o", file().toString())).isZero();
    assertThat(imports.getFirst()).isEqualTo(new ImportConfig(Path.of("a.json"), null, file(), ""));
    assertThat(execute("import", "a.json", "a.pcap", "--output=" + file(), "--mesh-id=meshpath"))
        .isZero();
    assertThat(imports.getLast())
        .isEqualTo(new ImportConfig(Path.of("a.json"), Path.of("a.pcap"), file(), "meshpath"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~', // the sentences have the usual one
      textBlock =
          """
          replay run.mpr --speed=0 | --speed: '0' is no speed: write a factor greater than 0, as 1 or 0.5, or max.
          replay run.mpr --speed=fast | --speed: 'fast' is no speed: write a factor greater than 0, as 1 or 0.5, or max.
          record /nowhere/at/all | is no file that can be written: name one in a directory that exists
          record | Missing required parameter: 'FILE': see meshpath --help.
          import a.json | Missing required option: '--output=FILE': see meshpath --help.
          import a.json -o x --mesh-id=123456789012345678901234567890123 | is no mesh id: write one of at most 32 bytes.
          """)
  void whatCannotBeIsOneSentence(String line, String sentence) {
    assertThat(execute(line.split(" "))).isEqualTo(Commands.USAGE);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(sentence);
  }
}
