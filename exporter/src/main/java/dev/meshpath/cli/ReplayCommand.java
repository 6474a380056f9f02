package dev.meshpath.cli;

import dev.meshpath.config.ReplayConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meshpath replay FILE}: the exporter, with a recording in place of the kernel. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Runs the exporter on a recording: series, spans, logs and captures are those of the"
            + " recorded machine. Needs no rights and no kernel.")
public final class ReplayCommand implements Callable<Integer> {
  private final ToIntFunction<ReplayConfig> replay;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "A recording, as meshpath record or import writes it.")
  private Path file = Path.of("");

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      defaultValue = "1",
      converter = Converters.Speed.class,
      description = "So many times as fast as it was, or as fast as can be. Default: 1")
  private double speed;

  @Option(names = "--exit-at-end", description = "End when all is replayed, instead of serving on.")
  private boolean exitAtEnd;

  @Mixin private final ServeOptions serve = new ServeOptions();

  /**
   * @param replay runs until it is told to stop, and returns the exit code
   */
  public ReplayCommand(ToIntFunction<ReplayConfig> replay) {
    this.replay = replay;
  }

  @Override
  public Integer call() {
    return replay.applyAsInt(new ReplayConfig(file, speed, exitAtEnd, serve.config()));
  }
}
