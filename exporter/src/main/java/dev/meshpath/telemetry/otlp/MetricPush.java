package dev.meshpath.telemetry.otlp;

import dev.meshpath.config.OtlpConfig;
import dev.meshpath.failure.Failure;
import dev.meshpath.telemetry.BuildInfo;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.View;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends all series to a collector again and again, by the OpenTelemetry SDK. Each push has every
 * counter since the start, so one that fails costs nothing but its time.
 */
public final class MetricPush implements AutoCloseable {
  /** The end of the program waits so long for the last push. */
  private static final long FLUSH_SECONDS = 3;

  private static final Map<String, String> ONLY_METRICS =
      Map.of("otel.traces.exporter", "none", "otel.logs.exporter", "none");

  /** Instruments are the SDK's own, as otlp.exporter.seen; our series come by a producer. */
  private static final InstrumentSelector EVERY_INSTRUMENT =
      InstrumentSelector.builder().setName("*").build();

  private static final View DROPPED = View.builder().setAggregation(Aggregation.drop()).build();

  private final ExportCount count = new ExportCount();
  private final OpenTelemetrySdk sdk;

  /**
   * Begins; the first push is one interval from now.
   *
   * @throws Failure if a setting makes no sense
   */
  public MetricPush(OtlpConfig config, BuildInfo build, SnapshotMetrics series) {
    Map<String, String> asked = new HashMap<>(ONLY_METRICS);
    Duration interval = config.metricsInterval();
    if (interval != null) {
      asked.put("otel.metric.export.interval", interval.toMillis() + "ms");
    }
    SdkSetup setup = new SdkSetup(config, build, Map.of("otel.metrics.exporter", "otlp"), asked);
    setup
        .builder()
        .addMeterProviderCustomizer(
            (provider, _) ->
                provider.registerMetricProducer(series).registerView(EVERY_INSTRUMENT, DROPPED))
        .addMetricExporterCustomizer((exporter, _) -> new CountedMetricExporter(exporter, count));
    sdk = setup.build();
  }

  /** What became of all points so far. */
  public OtlpExport.Account account() {
    return new OtlpExport.Account("otlp", "metric_points", count.exported(), count.failed(), 0, 0);
  }

  /** Sends the last numbers, for three seconds at most. */
  @Override
  public void close() {
    sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
  }
}
