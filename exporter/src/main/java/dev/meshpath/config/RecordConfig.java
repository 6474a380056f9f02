package dev.meshpath.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether what the kernel says is recorded.
 *
 * @param file the recording; null: none
 * @param maxBytes it gets no larger
 */
public record RecordConfig(@Nullable Path file, long maxBytes) {
  /** None. */
  public static final RecordConfig NONE = new RecordConfig(null, 1L << 30);
}
