package dev.meshpath.telemetry.otlp;

import dev.meshpath.failure.Failure;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.exporter.internal.otlp.logs.LogsRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with one OTLP export request as JSON a line, as the Collector's file exporter writes and
 * its receiver reads it. A line is written at once: after a crash all but the last are whole.
 */
final class JsonLines {
  private static final Logger logger = LoggerFactory.getLogger(JsonLines.class);

  private final Path file;
  private final OutputStream out;

  private JsonLines(Path file) {
    this.file = file;
    try {
      out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new Failure(
          "the file "
              + file
              + " cannot be written ("
              + e.getMessage()
              + "): name one that can be.");
    }
  }

  /**
   * Spans into {@code file}.
   *
   * @throws Failure if it cannot be written
   */
  static SpanExporter spans(Path file) {
    JsonLines lines = new JsonLines(file);
    return new SpanExporter() {
      @Override
      public CompletableResultCode export(Collection<SpanData> spans) {
        return lines.write(TraceRequestMarshaler.create(spans));
      }

      @Override
      public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
      }

      @Override
      public CompletableResultCode shutdown() {
        return lines.close();
      }
    };
  }

  /**
   * Log records into {@code file}.
   *
   * @throws Failure if it cannot be written
   */
  static LogRecordExporter logs(Path file) {
    JsonLines lines = new JsonLines(file);
    return new LogRecordExporter() {
      @Override
      public CompletableResultCode export(Collection<LogRecordData> records) {
        return lines.write(LogsRequestMarshaler.create(records));
      }

      @Override
      public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
      }

      @Override
      public CompletableResultCode shutdown() {
        return lines.close();
      }
    };
  }

  private CompletableResultCode write(Marshaler request) {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      request.writeJsonTo(line);
      line.write('\n');
      out.write(line.toByteArray());
      return CompletableResultCode.ofSuccess();
    } catch (IOException e) {
      logger.warn("{} cannot be written: {}", file, e.getMessage());
      return CompletableResultCode.ofFailure();
    }
  }

  private CompletableResultCode close() {
    try {
      out.close();
      return CompletableResultCode.ofSuccess();
    } catch (IOException e) {
      return CompletableResultCode.ofFailure();
    }
  }
}
