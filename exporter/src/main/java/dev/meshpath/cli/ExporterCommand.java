package dev.meshpath.cli;

import dev.meshpath.config.ExporterConfig;
import dev.meshpath.config.ListenAddress;
import dev.meshpath.config.LogFormat;
import dev.meshpath.config.LogLevel;
import dev.meshpath.config.RingSize;
import dev.meshpath.config.SnapLengths;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
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

  @Mixin private final OtlpOptions otlp = new OtlpOptions();

  @Mixin private final CaptureOptions capture = new CaptureOptions();

  @Mixin private final MonitorOptions monitor = new MonitorOptions();

  @Option(
      names = "--web.listen-address",
      paramLabel = "[HOST]:PORT",
      defaultValue = ":10211",
      converter = Converters.Address.class,
      description = "Where to serve /metrics. Default: ${DEFAULT-VALUE}")
  private ListenAddress listen = new ListenAddress("", 0);

  @Option(
      names = "--collector.mesh_path",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Watch the mesh path table. Default: ${DEFAULT-VALUE}")
  private boolean meshPath;

  @Option(
      names = "--reconcile.interval",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = Converters.Time.class,
      description =
          "How often to compare the path table with the kernel's. Default: ${DEFAULT-VALUE}")
  private Duration reconcileInterval = Duration.ZERO;

  @Option(
      names = "--collector.peer_link",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Ask for the peer links at each scrape. Default: ${DEFAULT-VALUE}")
  private boolean peerLink;

  @Option(
      names = "--path.destinations",
      paramLabel = "N",
      defaultValue = "256",
      converter = Converters.Count.class,
      description =
          "Destinations with series of their own a device; the rest counts as \"other\". Default:"
              + " ${DEFAULT-VALUE}")
  private int destinationLimit;

  @Option(
      names = "--path.retention",
      paramLabel = "DURATION",
      defaultValue = "5m",
      converter = Converters.Time.class,
      description =
          "How long the counters of a destination stay after its path was deleted. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration retention = Duration.ZERO;

  @Option(
      names = "--peer.limit",
      paramLabel = "N",
      defaultValue = "64",
      converter = Converters.Count.class,
      description = "Peers with series of their own a device. Default: ${DEFAULT-VALUE}")
  private int peerLimit;

  @Option(
      names = "--ring.bytes",
      paramLabel = "BYTES",
      defaultValue = "8388608",
      converter = Converters.Ring.class,
      description =
          "Room for events between the kernel and the exporter, a power of two. Default:"
              + " ${DEFAULT-VALUE}")
  private RingSize ringSize = new RingSize(0);

  @Option(
      names = "--collector.mesh_path.frame-bytes",
      paramLabel = "BYTES",
      defaultValue = "288",
      converter = Converters.FrameBytes.class,
      description =
          "How much of an HWMP or peering frame leaves the kernel; 288 is all of it. Default:"
              + " ${DEFAULT-VALUE}")
  private int frameBytes;

  @Option(
      names = "--collector.mesh_path.data-frame-bytes",
      paramLabel = "BYTES",
      defaultValue = "74",
      converter = Converters.DataFrameBytes.class,
      description =
          "How much of a data frame that caused something leaves the kernel; 74 are its headers."
              + " Default: ${DEFAULT-VALUE}")
  private int dataFrameBytes;

  @Option(
      names = "--log.level",
      paramLabel = "debug|info|warn|error",
      defaultValue = "info",
      converter = Converters.Level.class,
      description = "What to log. Default: ${DEFAULT-VALUE}")
  private LogLevel logLevel = LogLevel.INFO;

  @Option(
      names = "--log.format",
      paramLabel = "text|json",
      defaultValue = "text",
      converter = Converters.Format.class,
      description = "Form of the log on standard error. Default: ${DEFAULT-VALUE}")
  private LogFormat logFormat = LogFormat.TEXT;

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
            listen,
            logLevel,
            logFormat,
            watch.netns(),
            meshPath,
            peerLink,
            ringSize,
            destinationLimit,
            retention,
            watch.attach(),
            watch.dataPath(),
            watch.btf(),
            reconcileInterval,
            peerLimit,
            new SnapLengths(frameBytes, dataFrameBytes),
            otlp.config(),
            capture.config(),
            monitor.config()));
  }
}
