package dev.meshpath.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where spans and log records go. Nowhere, unless an endpoint or a file is named: by us, or by the
 * variables that OpenTelemetry itself defines ({@code OTEL_EXPORTER_OTLP_ENDPOINT} and so on),
 * which then say the rest, too: headers, certificates, queues.
 *
 * @param endpoint URL of a collector, as {@code http://localhost:4317}; null: what the variables
 *     say
 * @param protocol {@code grpc} or {@code http/protobuf}
 * @param tracesFile gets one export request as JSON a line; null: none
 * @param logsFile the same for log records
 * @param queueItems spans, and as many log records, that wait at most, for each way
 * @param refreshesPerSpan of so many refreshes that changed nothing one is a span
 */
public record OtlpConfig(
    @Nullable String endpoint,
    OtlpProtocol protocol,
    @Nullable Path tracesFile,
    @Nullable Path logsFile,
    int queueItems,
    int refreshesPerSpan) {
  private static final String EXPORTER = "OTEL_EXPORTER_OTLP_";

  /** Nothing goes anywhere. */
  public static final OtlpConfig NONE =
      new OtlpConfig(null, OtlpProtocol.GRPC, null, null, 32_768, 1);

  /**
   * Whether a collector is named.
   *
   * @param environment of the process
   */
  public boolean hasCollector(Map<String, String> environment) {
    return endpoint != null
        || environment.containsKey("OTEL_TRACES_EXPORTER")
        || environment.containsKey("OTEL_LOGS_EXPORTER")
        || environment.keySet().stream()
            .anyMatch(name -> name.startsWith(EXPORTER) && name.endsWith("ENDPOINT"));
  }

  /** Whether anything goes anywhere. */
  public boolean isOn(Map<String, String> environment) {
    return hasCollector(environment) || tracesFile != null || logsFile != null;
  }
}
