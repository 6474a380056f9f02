package dev.meshpath.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where frames that caused something are kept.
 *
 * @param file the newest of the files; null: they are not kept
 * @param maxBytes of all files together
 * @param maxAge of a packet
 * @param allFrames whether frames that caused nothing are kept, too
 * @param to who may have them over HTTP
 */
public record CaptureConfig(
    @Nullable Path file, long maxBytes, Duration maxAge, boolean allFrames, Audience to) {
  /** Below this, a file would have no room for a packet with many comments. */
  public static final long LEAST_BYTES = 256 << 10;

  /** A tebibyte. */
  public static final long MOST_BYTES = 1L << 40;

  /** Frames are not kept. */
  public static final CaptureConfig NONE =
      new CaptureConfig(null, 64 << 20, Duration.ofHours(24), false, Audience.LOOPBACK);
}
