package dev.meshpath.cli;

import dev.meshpath.config.ExporterConfig;
import dev.meshpath.config.RecordConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meshpath [exporter]}: watches and serves /metrics. */
@Command(
    name = "meshpath",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Prometheus exporter for the path table of 802.11s meshes.",
    footer = {
      "",
      "Each flag is also an environment variable (--log.level: MESHPATH_LOG_LEVEL)",
      "and a key of the configuration file; a flag wins over both, the variable over the file."
    })
public final class ExporterCommand implements Callable<Integer> {
  private final ToIntFunction<ExporterConfig> exporter;

  @Mixin private final WatchOptions watch = new WatchOptions();

  @Mixin private final KernelOptions kernel = new KernelOptions();

  @Mixin private final ServeOptions serve = new ServeOptions();

  @Mixin private final MonitorOptions monitor = new MonitorOptions();

  @Option(
      names = "--collector.mesh_path",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Watch the mesh path table. Default: ${DEFAULT-VALUE}")
  private boolean meshPath;

  @Option(
      names = "--collector.peer_link",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Ask for the peer links at each scrape. Default: ${DEFAULT-VALUE}")
  private boolean peerLink;

  @Option(
      names = "--collector.kernel_changes",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description =
          "Ask the kernel for its own count of next hop changes at each scrape, which lets it notice"
              + " expired paths. Default: ${DEFAULT-VALUE}")
  private boolean kernelChanges;

  @Option(
      names = "--peer.limit",
      paramLabel = "N",
      defaultValue = "64",
      converter = Converters.Count.class,
      description = "Peers with series of their own a device. Default: ${DEFAULT-VALUE}")
  private int peerLimit;

  @Option(
      names = "--record.file",
      paramLabel = "FILE",
      converter = Converters.NewFile.class,
      description =
          "Record what the kernel says in this file, for meshpath replay; one that exists is kept as"
              + " FILE.1 and so on.")
  private @Nullable Path recordFile;

  @Option(
      names = "--record.max-bytes",
      paramLabel = "BYTES",
      defaultValue = "1073741824",
      converter = Converters.FileBytes.class,
      description = "The recording ends when it has so much. Default: ${DEFAULT-VALUE}")
  private long recordMaxBytes;

  /**
   * @param exporter runs until it is told to stop, and returns the exit code
   */
  public ExporterCommand(ToIntFunction<ExporterConfig> exporter) {
    this.exporter = exporter;
  }

  @Override
  public Integer call() {
    return exporter.applyAsInt(
        new ExporterConfig(
            serve.config(),
            watch.netns(),
            meshPath,
            peerLink,
            kernelChanges,
            kernel.ringSize(),
            watch.attach(),
            watch.dataPath(),
            watch.btf(),
            kernel.reconcileInterval(),
            peerLimit,
            kernel.snapLengths(),
            new RecordConfig(recordFile, recordMaxBytes),
            monitor.config()));
  }
}
