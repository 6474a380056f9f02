package dev.meshpath.telemetry.otlp;

import io.opentelemetry.sdk.trace.IdGenerator;

/** Gives a span the ids that whoever makes it has chosen. For one thread: chosen, then started. */
final class NextIds implements IdGenerator {
  private String trace = "";
  private String span = "";

  void choose(String nextTrace, String nextSpan) {
    trace = nextTrace;
    span = nextSpan;
  }

  @Override
  public String generateTraceId() {
    return trace;
  }

  @Override
  public String generateSpanId() {
    return span;
  }
}
