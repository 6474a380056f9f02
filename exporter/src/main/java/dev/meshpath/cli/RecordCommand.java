package dev.meshpath.cli;

import dev.meshpath.config.ExporterConfig;
import dev.meshpath.config.MonitorConfig;
import dev.meshpath.config.RecordConfig;
import dev.meshpath.config.ServeConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meshpath record FILE}: watches, and does nothing but write down. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Records what the kernel says of the mesh path table, until Ctrl-C, for meshpath replay.")
public final class RecordCommand implements Callable<Integer> {
  private final ToIntFunction<ExporterConfig> exporter;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      converter = Converters.NewFile.class,
      description = "The recording; a file of that name is kept as FILE.1 and so on.")
  private Path file = Path.of("");

  @Option(
      names = "--max-bytes",
      paramLabel = "BYTES",
      defaultValue = "1073741824",
      converter = Converters.FileBytes.class,
      description = "End when it has so much. Default: ${DEFAULT-VALUE}")
  private long maxBytes;

  @Mixin private final WatchOptions watch = new WatchOptions();

  @Mixin private final KernelOptions kernel = new KernelOptions();

  @Mixin private final LogOptions log = new LogOptions();

  /**
   * @param exporter runs until it is told to stop or the recording is full, and returns the exit
   *     code
   */
  public RecordCommand(ToIntFunction<ExporterConfig> exporter) {
    this.exporter = exporter;
  }

  @Override
  public Integer call() {
    return exporter.applyAsInt(
        new ExporterConfig(
            ServeConfig.silent(log.level(), log.format()),
            watch.netns(),
            true,
            false,
            false,
            kernel.ringSize(),
            watch.attach(),
            watch.dataPath(),
            watch.btf(),
            kernel.reconcileInterval(),
            0,
            kernel.snapLengths(),
            new RecordConfig(file, maxBytes),
            MonitorConfig.NONE));
  }
}
