/**
 * A recording: what a collector was fed with, as a file, to write and to read.
 * docs/record-replay.md has the format. May use {@code record} and {@code failure}, and in {@code
 * RecordingMetrics} the Prometheus model.
 */
@NullMarked
package dev.meshpath.record.file;

import org.jspecify.annotations.NullMarked;
