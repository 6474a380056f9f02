package dev.meshpath.telemetry.otlp;

import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;

/** Counts log records. */
final class CountedLogExporter extends CountedExporter<LogRecordData> implements LogRecordExporter {
  CountedLogExporter(LogRecordExporter exporter, ExportCount count) {
    super(exporter::export, exporter::flush, exporter::shutdown, count);
  }
}
