package dev.meshpath.telemetry.otlp;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.concurrent.atomic.LongAdder;

/** Counts the spans and the log records that were made. Thread-safe. */
final class MadeCount {
  private final LongAdder spans = new LongAdder();
  private final LongAdder logs = new LongAdder();

  long spans() {
    return spans.sum();
  }

  long logs() {
    return logs.sum();
  }

  SpanProcessor ofSpans() {
    return new SpanProcessor() {
      @Override
      public void onStart(Context parent, ReadWriteSpan span) {
        // counts when it ends
      }

      @Override
      public boolean isStartRequired() {
        return false;
      }

      @Override
      public void onEnd(ReadableSpan span) {
        spans.increment();
      }

      @Override
      public boolean isEndRequired() {
        return true;
      }
    };
  }

  LogRecordProcessor ofLogs() {
    return new LogRecordProcessor() {
      @Override
      public void onEmit(Context context, ReadWriteLogRecord record) {
        logs.increment();
      }
    };
  }
}
