package dev.meshpath.collector.meshpath.trace;

import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.net.MacAddress;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;

/** Each event as a log record, for people without tracing; it names the event's span. */
public final class EventLogs {
  private static final String EVENT_NAME = "mesh.path.change";

  private final Logger logger;

  /** Records by {@code logger}. */
  public EventLogs(Logger logger) {
    this.logger = logger;
  }

  void emit(MeshPathEvent event, long epochNs, SpanContext span, Attributes attributes) {
    boolean failed =
        event.change() == MeshPathChange.ADD_FAILED
            || event.change() == MeshPathChange.DISCOVERY_FAILED;
    logger
        .logRecordBuilder()
        .setEventName(EVENT_NAME)
        .setTimestamp(epochNs, TimeUnit.NANOSECONDS)
        .setContext(Context.root().with(Span.wrap(span)))
        .setSeverity(failed ? Severity.WARN : Severity.INFO)
        .setBody(
            event.change().eventWord()
                + " "
                + MacAddress.toString(event.destination())
                + " by "
                + event.cause().kind().word())
        .setAllAttributes(attributes)
        .emit();
  }
}
