package dev.meshpath.cli;

import dev.meshpath.config.OtlpConfig;
import dev.meshpath.config.OtlpProtocol;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where spans, log records and pushed metrics go. */
final class OtlpOptions {
  @Option(
      names = "--otlp.endpoint",
      paramLabel = "URL",
      converter = Converters.Endpoint.class,
      description =
          "Send traces and logs to this OpenTelemetry collector, as http://localhost:4317. The"
              + " variables OTEL_EXPORTER_OTLP_* work, too.")
  private @Nullable String endpoint;

  @Option(
      names = "--otlp.protocol",
      paramLabel = "grpc|http",
      defaultValue = "grpc",
      converter = Converters.Protocol.class,
      description = "How to speak to it. Default: ${DEFAULT-VALUE}")
  private OtlpProtocol protocol = OtlpProtocol.GRPC;

  @Option(
      names = "--otlp.queue-items",
      paramLabel = "N",
      defaultValue = "32768",
      converter = Converters.Queue.class,
      description =
          "So many spans, and as many log records, wait at most while a collector is away."
              + " Default: ${DEFAULT-VALUE}")
  private int queueItems;

  @Option(
      names = "--otlp.metrics-interval",
      paramLabel = "DURATION",
      converter = Converters.PushInterval.class,
      description =
          "Send the series of /metrics there, too, as often as this, for example 60s. By default"
              + " they are only scraped.")
  private @Nullable Duration metricsInterval;

  @Option(
      names = "--traces.file",
      paramLabel = "FILE",
      converter = Converters.NewFile.class,
      description = "Append spans to this file, one OTLP request as JSON a line.")
  private @Nullable Path tracesFile;

  @Option(
      names = "--traces.refreshes-per-span",
      paramLabel = "N",
      defaultValue = "1",
      converter = Converters.Sampling.class,
      description =
          "Make a span of one in N refreshes that changed nothing; changes and failures are always"
              + " spans. Default: ${DEFAULT-VALUE}")
  private int refreshesPerSpan;

  @Option(
      names = "--logs.file",
      paramLabel = "FILE",
      converter = Converters.NewFile.class,
      description = "Append log records of events to this file, one OTLP request as JSON a line.")
  private @Nullable Path logsFile;

  OtlpConfig config() {
    return new OtlpConfig(
        endpoint, protocol, tracesFile, logsFile, queueItems, refreshesPerSpan, metricsInterval);
  }
}
