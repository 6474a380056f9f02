package dev.meshpath.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a scrape shows. */
public final class Scrapes {
  private Scrapes() {}

  /** The Prometheus text of these alone. */
  public static String text(MultiCollector... collectors) {
    try (Telemetry telemetry = new Telemetry()) {
      for (MultiCollector collector : collectors) {
        telemetry.register(collector);
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      telemetry.scrape(null, body);
      return body.toString(StandardCharsets.UTF_8);
    }
  }
}
