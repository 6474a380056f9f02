package dev.meshpath.telemetry.otlp;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** Counts spans. */
final class CountedSpanExporter extends CountedExporter<SpanData> implements SpanExporter {
  CountedSpanExporter(SpanExporter exporter, ExportCount count) {
    super(exporter::export, exporter::flush, exporter::shutdown, count);
  }
}
