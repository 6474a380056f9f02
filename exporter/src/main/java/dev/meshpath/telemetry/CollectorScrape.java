package dev.meshpath.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scrape of all collectors, each one timed and guarded: one that fails takes nothing from the
 * others, and {@code meshpath_collector_success} says so. A metric of a name that another one has
 * already is such a failure, too.
 */
public final class CollectorScrape implements MultiCollector {
  /**
   * A collector's part of the scrape.
   *
   * @param collector its name
   * @param running whether it watches; if not, its series stay away
   * @param metrics its series
   */
  public record Part(String collector, BooleanSupplier running, MultiCollector metrics) {}

  private static final Logger logger = LoggerFactory.getLogger(CollectorScrape.class);
  private static final double NS_PER_SECOND = 1e9;
  private static final String SUCCESS = "meshpath_collector_success";
  private static final String DURATION = "meshpath_collector_duration_seconds";

  private final List<Part> parts;
  private final LongSupplier nanoTime;

  /**
   * @param parts in the order of the scrape
   * @param nanoTime {@code System::nanoTime} but in tests
   */
  public CollectorScrape(List<Part> parts, LongSupplier nanoTime) {
    this.parts = List.copyOf(parts);
    this.nanoTime = nanoTime;
  }

  @Override
  public MetricSnapshots collect() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    Set<String> names = new HashSet<>(Set.of(SUCCESS, DURATION));
    GaugeSnapshot.Builder success =
        GaugeSnapshot.builder()
            .name(SUCCESS)
            .help("Whether a collector runs and was scraped without an error.");
    GaugeSnapshot.Builder duration =
        GaugeSnapshot.builder().name(DURATION).help("How long the scrape of a collector took.");
    for (Part part : parts) {
      long start = nanoTime.getAsLong();
      boolean succeeded = part.running().getAsBoolean() && scrape(part, names, all);
      Labels labels = Labels.of("collector", part.collector());
      success.dataPoint(gauge(labels, succeeded ? 1 : 0));
      duration.dataPoint(gauge(labels, (nanoTime.getAsLong() - start) / NS_PER_SECOND));
    }
    return all.metricSnapshot(success.build()).metricSnapshot(duration.build()).build();
  }

  private static boolean scrape(Part part, Set<String> names, MetricSnapshots.Builder all) {
    try {
      MetricSnapshots own = part.metrics().collect();
      List<String> ownNames =
          own.stream().map(metric -> metric.getMetadata().getPrometheusName()).toList();
      Set<String> taken = new TreeSet<>(ownNames);
      taken.retainAll(names);
      if (!taken.isEmpty()) {
        throw new IllegalStateException("others have metrics of these names already: " + taken);
      }
      names.addAll(ownNames);
      own.forEach(all::metricSnapshot);
      return true;
    } catch (RuntimeException e) {
      logger.error("the scrape of collector {} failed", part.collector(), e);
      return false;
    }
  }

  private static GaugeDataPointSnapshot gauge(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
