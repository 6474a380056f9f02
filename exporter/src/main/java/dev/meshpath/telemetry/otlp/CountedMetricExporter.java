package dev.meshpath.telemetry.otlp;

import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;

/** Counts points of metrics. */
final class CountedMetricExporter extends CountedExporter<MetricData> implements MetricExporter {
  CountedMetricExporter(MetricExporter exporter, ExportCount count) {
    super(exporter::export, exporter::flush, exporter::shutdown, count);
  }

  @Override
  int items(Collection<MetricData> metrics) {
    return metrics.stream().mapToInt(metric -> metric.getData().getPoints().size()).sum();
  }

  /** Every sum is cumulative, whatever a variable says: a scrape's counters are. */
  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType instrumentType) {
    return AggregationTemporality.CUMULATIVE;
  }
}
