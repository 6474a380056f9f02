package dev.meshpath.telemetry.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/** Counts what an exporter does. */
final class CountedSpanExporter implements SpanExporter {
  private final SpanExporter exporter;
  private final ExportCount count;

  CountedSpanExporter(SpanExporter exporter, ExportCount count) {
    this.exporter = exporter;
    this.count = count;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    return count.count(spans.size(), exporter.export(spans));
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
