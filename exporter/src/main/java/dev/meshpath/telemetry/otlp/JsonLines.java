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
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with one OTLP export request as JSON a line, as the Collector's file exporter writes and
 * its receiver reads it. A line is written at once, wholly or, on a full disk, not at all: after a
 * crash all but the last are whole, and the next one begins anew.
 */
final class JsonLines {
  private static final Logger logger = LoggerFactory.getLogger(JsonLines.class);

  private final Path file;

  /** Not its channel: that an interrupt would close. */
  private final FileOutputStream out;

  /** The last line was refused: said once, until one is taken again. */
  private boolean refused;

  private JsonLines(Path file) {
    this.file = file;
    try {
      boolean broken = Files.isRegularFile(file) && !endsWithLine(file);
      out = new FileOutputStream(file.toFile(), true);
      if (broken) {
        append(new byte[] {'\n'});
      }
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
      append(line.toByteArray());
      refused = false;
      return CompletableResultCode.ofSuccess();
    } catch (IOException e) {
      if (!refused) {
        logger.warn("{} cannot be written: {}", file, e.getMessage());
      }
      refused = true;
      return CompletableResultCode.ofFailure();
    }
  }

  private void append(byte[] line) throws IOException {
    long whole = out.getChannel().size();
    try {
      out.write(line);
    } catch (IOException e) {
      cut(whole, e);
      throw e;
    }
  }

  private void cut(long whole, IOException refusal) {
    try {
      out.getChannel().truncate(whole);
    } catch (IOException e) {
      refusal.addSuppressed(e); // a pipe: what it took is gone
    }
  }

  private static boolean endsWithLine(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return in.size() == 0 || (in.read(last, in.size() - 1) == 1 && last.get(0) == '\n');
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
