/**
 * How the program tells about itself: the Prometheus registry, the metrics of the exporter itself,
 * the log. May use {@code collector}, {@code config}, Micrometer, the Prometheus client and
 * Logback.
 */
@NullMarked
package dev.meshpath.telemetry;

import org.jspecify.annotations.NullMarked;
