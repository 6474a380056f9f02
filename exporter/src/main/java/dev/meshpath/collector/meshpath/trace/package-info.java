/**
 * What happens to mesh paths as spans and log records. All nodes that take part in a discovery make
 * spans of one trace, because its identity is in the frames themselves ({@link
 * dev.meshpath.collector.meshpath.identity.HwmpIds}): no header is added, and no clock is trusted.
 * May use {@code collector.meshpath}, {@code collector.meshpath.identity}, {@code bounded}, {@code
 * frame}, {@code record}, {@code net} and the OpenTelemetry API.
 */
@NullMarked
package dev.meshpath.collector.meshpath.trace;

import org.jspecify.annotations.NullMarked;
