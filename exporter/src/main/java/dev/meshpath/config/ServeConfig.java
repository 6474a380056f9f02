package dev.meshpath.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of events, wherever they come from.
 *
 * @param listen where /metrics is served; null: nowhere
 * @param eventsTo who may have the events and the paths themselves there, beside the numbers
 * @param logLevel what is logged
 * @param logFormat in which form
 * @param destinationLimit destinations with series of their own, a device
 * @param retention how long the counters of a destination stay after its path was deleted
 * @param churn what counts as a path that flaps
 * @param metricsFile gets the last scrape at the end; null: none
 * @param otlp where spans and log records go
 * @param capture where frames that caused something are kept
 */
public record ServeConfig(
    @Nullable ListenAddress listen,
    Audience eventsTo,
    LogLevel logLevel,
    LogFormat logFormat,
    int destinationLimit,
    Duration retention,
    ChurnConfig churn,
    @Nullable Path metricsFile,
    OtlpConfig otlp,
    CaptureConfig capture) {
  /** Nothing but the log. */
  public static ServeConfig silent(LogLevel logLevel, LogFormat logFormat) {
    return new ServeConfig(
        null,
        Audience.LOOPBACK,
        logLevel,
        logFormat,
        256,
        Duration.ofMinutes(5),
        ChurnConfig.DEFAULT,
        null,
        OtlpConfig.NONE,
        CaptureConfig.NONE);
  }
}
