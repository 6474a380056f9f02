package dev.meshpath.cli;

import dev.meshpath.config.Audience;
import dev.meshpath.config.ListenAddress;
import dev.meshpath.config.ServeConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What becomes of events: the same for those of a kernel and those of a recording. */
final class ServeOptions {
  @Option(
      names = "--web.listen-address",
      paramLabel = "[HOST]:PORT",
      defaultValue = ":10211",
      converter = Converters.Address.class,
      description = "Where to serve /metrics. Default: ${DEFAULT-VALUE}")
  private ListenAddress listen = new ListenAddress("", 0);

  @Option(
      names = "--web.events-to",
      paramLabel = "loopback|all",
      defaultValue = "loopback",
      converter = Converters.Recipients.class,
      description =
          "Who may have the live part of the page at /, and what meshpath watch and meshpath paths"
              + " show: who asks from this machine, or all. Default: ${DEFAULT-VALUE}")
  private Audience eventsTo = Audience.LOOPBACK;

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
      names = "--metrics.file",
      paramLabel = "FILE",
      converter = Converters.NewFile.class,
      description = "At the end, write the last scrape to this file.")
  private @Nullable Path metricsFile;

  @Mixin private final ChurnOptions churn = new ChurnOptions();

  @Mixin private final OtlpOptions otlp = new OtlpOptions();

  @Mixin private final CaptureOptions capture = new CaptureOptions();

  @Mixin private final LogOptions log = new LogOptions();

  ServeConfig config() {
    return new ServeConfig(
        listen,
        eventsTo,
        log.level(),
        log.format(),
        destinationLimit,
        retention,
        churn.config(),
        metricsFile,
        otlp.config(),
        capture.config());
  }
}
