package dev.meshpath.telemetry.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.Collection;

/** Counts what an exporter does. */
final class CountedLogExporter implements LogRecordExporter {
  private final LogRecordExporter exporter;
  private final ExportCount count;

  CountedLogExporter(LogRecordExporter exporter, ExportCount count) {
    this.exporter = exporter;
    this.count = count;
  }

  @Override
  public CompletableResultCode export(Collection<LogRecordData> records) {
    return count.count(records.size(), exporter.export(records));
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
