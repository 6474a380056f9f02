/**
 * Spans and log records on their way out: bounded queues, exporters, and an account of each item.
 * May use {@code telemetry}, {@code config}, {@code failure} and the OpenTelemetry SDK.
 */
@NullMarked
package dev.meshpath.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
