package dev.meshpath.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.meshpath.telemetry.CollectorScrape.Part;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CollectorScrapeTest {
  private static final Part GOOD = new Part("good", () -> true, () -> metrics("good_value"));
  private static final Part IDLE = new Part("idle", () -> false, () -> metrics("idle_value"));
  private static final Part BAD =
      new Part(
          "bad",
          () -> true,
          () -> {
            throw new IllegalStateException("made up");
          });

  private final Logger logger = (Logger) LoggerFactory.getLogger(CollectorScrape.class);

  @BeforeEach
  void hush() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    logger.setLevel(null);
  }

  @Test
  void showsSeriesOfEachCollector() {
    assertThat(scrape(GOOD, new Part("other", () -> true, () -> metrics("other_value"))))
        .contains("good_value 1.0", "other_value 1.0");
  }

  @Test
  void saysThatCollectorSucceeded() {
    assertThat(scrape(GOOD)).contains("meshpath_collector_success{collector=\"good\"} 1.0");
  }

  @Test
  void collectorThatFailsTakesNothingFromTheOthers() {
    assertThat(scrape(BAD, GOOD))
        .contains(
            "good_value 1.0",
            "meshpath_collector_success{collector=\"bad\"} 0.0",
            "meshpath_collector_success{collector=\"good\"} 1.0");
  }

  @Test
  void collectorThatDoesNotRunIsNotScraped() {
    assertThat(scrape(IDLE, GOOD))
        .contains("meshpath_collector_success{collector=\"idle\"} 0.0")
        .noneMatch(line -> line.startsWith("idle_value"));
  }

  @Test
  void nameThatAnotherCollectorHasIsFailureOfTheLater() {
    Part twin =
        new Part(
            "twin",
            () -> true,
            () -> new MetricSnapshots(metrics("good_value").get(0), metrics("twin_value").get(0)));
    assertThat(scrape(GOOD, twin))
        .contains(
            "good_value 1.0",
            "meshpath_collector_success{collector=\"good\"} 1.0",
            "meshpath_collector_success{collector=\"twin\"} 0.0")
        .noneMatch(line -> line.startsWith("twin_value"));
  }

  @Test
  void nameOfTheScrapeItselfIsFailure() {
    Part vain = new Part("vain", () -> true, () -> metrics("meshpath_collector_success"));
    assertThat(scrape(vain)).contains("meshpath_collector_success{collector=\"vain\"} 0.0");
  }

  @Test
  void durationIsTakenFromTheClock() {
    long[] now = {1_000};
    LongSupplier clock = () -> now[0];
    Part slow =
        new Part(
            "slow",
            () -> true,
            () -> {
              now[0] += 250_000_000;
              return metrics("slow_value");
            });
    assertThat(Scrapes.text(new CollectorScrape(List.of(GOOD, slow), clock)).lines())
        .contains(
            "meshpath_collector_duration_seconds{collector=\"good\"} 0.0",
            "meshpath_collector_duration_seconds{collector=\"slow\"} 0.25");
  }

  @Test
  void durationOfFailureIsShownToo() {
    long[] now = {0};
    Part slow =
        new Part(
            "slow",
            () -> true,
            () -> {
              now[0] += 500_000_000;
              throw new IllegalStateException("made up");
            });
    assertThat(Scrapes.text(new CollectorScrape(List.of(slow), () -> now[0])).lines())
        .contains("meshpath_collector_duration_seconds{collector=\"slow\"} 0.5");
  }

  private static List<String> scrape(Part... parts) {
    return Scrapes.text(new CollectorScrape(List.of(parts), () -> 0)).lines().toList();
  }

  private static MetricSnapshots metrics(String name) {
    return MetricSnapshots.of(
        GaugeSnapshot.builder()
            .name(name)
            .dataPoint(GaugeDataPointSnapshot.builder().value(1).build())
            .build());
  }
}
