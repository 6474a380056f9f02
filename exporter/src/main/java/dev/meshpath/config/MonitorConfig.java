package dev.meshpath.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who hears the air.
 *
 * @param device name of an interface of type monitor; null: nobody
 * @param window how long a frame of the kernel and the same one of the air wait for each other
 */
public record MonitorConfig(@Nullable String device, Duration window) {
  /** Nobody. */
  public static final MonitorConfig NONE = new MonitorConfig(null, Duration.ofSeconds(1));
}
