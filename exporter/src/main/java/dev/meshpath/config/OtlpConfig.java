package dev.meshpath.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where spans, log records and pushed metrics go. Nowhere, unless an endpoint or a file is named:
 * by us, or by the variables that OpenTelemetry itself defines ({@code OTEL_EXPORTER_OTLP_ENDPOINT}
 * and so on), which then say the rest, too: headers, certificates, queues.
 *
 * @param endpoint URL of a collector, as {@code http://localhost:4317}; null: what the variables
 *     say
 * @param protocol {@code grpc} or {@code http/protobuf}
 * @param tracesFile gets one export request as JSON a line; null: none
 * @param logsFile the same for log records
 * @param queueItems spans, and as many log records, that wait at most, for each way
 * @param refreshesPerSpan of so many refreshes that changed nothing one is a span
 * @param metricsInterval how often the series of /metrics are sent; null: what the variables say
 */
public record OtlpConfig(
    @Nullable String endpoint,
    OtlpProtocol protocol,
    @Nullable Path tracesFile,
    @Nullable Path logsFile,
    int queueItems,
    int refreshesPerSpan,
    @Nullable Duration metricsInterval) {
  private static final Set<String> OF_EVENTS =
      Set.of(
          "OTEL_TRACES_EXPORTER",
          "OTEL_LOGS_EXPORTER",
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
          "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT");
  private static final Set<String> OF_METRICS =
      Set.of("OTEL_METRICS_EXPORTER", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");

  /** Nothing goes anywhere. */
  public static final OtlpConfig NONE =
      new OtlpConfig(null, OtlpProtocol.GRPC, null, null, 32_768, 1, null);

  /**
   * Whether a collector is named for spans and log records.
   *
   * @param environment of the process
   */
  public boolean hasCollector(Map<String, String> environment) {
    return endpoint != null || environment.keySet().stream().anyMatch(OF_EVENTS::contains);
  }

  /** Whether spans or log records go anywhere. */
  public boolean isOn(Map<String, String> environment) {
    return hasCollector(environment) || tracesFile != null || logsFile != null;
  }

  /** Whether the series of /metrics are sent, too; an endpoint alone does not ask for that. */
  public boolean pushesMetrics(Map<String, String> environment) {
    return metricsInterval != null || environment.keySet().stream().anyMatch(OF_METRICS::contains);
  }
}
