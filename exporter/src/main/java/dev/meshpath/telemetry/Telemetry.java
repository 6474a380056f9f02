package dev.meshpath.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The registry of all series. Tables that come and go are snapshots of their owner (a {@link
 * MultiCollector}); what the program counts of itself goes through Micrometer. Both end here.
 */
public final class Telemetry implements AutoCloseable {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
  private final ExpositionFormats formats = ExpositionFormats.init();

  /** Adds series of an owner. */
  public void register(MultiCollector collector) {
    registry.register(collector);
  }

  /** Adds the series of this process: memory, file descriptors, start time. */
  public void registerProcess() {
    new JvmMemoryMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
  }

  /**
   * Writes all series as they are now.
   *
   * @param accept the request's Accept header: OpenMetrics, protobuf, or else Prometheus text
   * @return the content type
   */
  public String scrape(@Nullable String accept, OutputStream body) {
    ExpositionFormatWriter writer = formats.findWriter(accept == null ? "" : accept);
    try {
      writer.write(body, snapshots());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.getContentType();
  }

  /** All series as they are now. */
  public MetricSnapshots snapshots() {
    return registry.scrape();
  }

  @Override
  public void close() {
    meters.close();
  }
}
