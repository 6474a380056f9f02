package dev.meshpath;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.Hook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the collectors, those that cannot run yet as soon as they can, and those whose part of the
 * kernel was loaded anew once more. One that cannot run is a metric and a log line, not the end.
 */
final class CollectorKeeper implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(CollectorKeeper.class);
  private static final long PERIOD_MS = 1000;

  private final List<Collector> collectors;
  private final long periodMs;
  private final Set<Collector> watching = ConcurrentHashMap.newKeySet();

  /** What was said last of a collector that does not run, so that it is said once. */
  private final Map<Collector, String> obstacles = new HashMap<>();

  private final Thread rounds =
      Thread.ofPlatform().name("collectors").daemon().unstarted(this::run);

  private volatile boolean closed;

  CollectorKeeper(List<Collector> collectors) {
    this(collectors, PERIOD_MS);
  }

  /**
   * @param periodMs between two looks, {@link #PERIOD_MS} but in tests
   */
  CollectorKeeper(List<Collector> collectors, long periodMs) {
    this.collectors = List.copyOf(collectors);
    this.periodMs = periodMs;
  }

  /** Starts what can run now; the others follow. */
  void start() {
    round();
    rounds.start();
  }

  /** Whether a collector watches. */
  boolean isWatching(Collector collector) {
    return watching.contains(collector);
  }

  @Override
  public void close() {
    closed = true;
    rounds.interrupt();
    synchronized (this) {
      watching.forEach(CollectorKeeper::close);
      watching.clear();
    }
  }

  private void run() {
    while (!closed) {
      try {
        Thread.sleep(periodMs);
      } catch (InterruptedException e) {
        return;
      }
      round();
    }
  }

  private synchronized void round() {
    for (Collector collector : collectors) {
      if (closed) {
        return;
      }
      if (watching.contains(collector) && collector.isStale()) {
        logger.warn("what collector {} watches was taken away: it lets go", collector.name());
        watching.remove(collector);
        close(collector);
      }
      if (!watching.contains(collector)) {
        start(collector);
      }
    }
  }

  private void start(Collector collector) {
    Optional<String> obstacle = collector.obstacle();
    if (obstacle.isPresent()) {
      sayOnce(collector, obstacle.get());
      return;
    }
    try {
      collector.start();
      watching.add(collector);
      obstacles.remove(collector);
      long blind = collector.hooks().stream().filter(hook -> !hook.attached()).count();
      logger.info(
          "collector {} watches by {} hooks{}, {} are missing",
          collector.name(),
          collector.hooks().size() - blind,
          modes(collector),
          blind);
    } catch (RuntimeException e) {
      sayOnce(collector, String.valueOf(e.getMessage()));
    }
  }

  private static void close(Collector collector) {
    try {
      collector.close();
    } catch (RuntimeException e) {
      logger.error("collector {} cannot be closed", collector.name(), e);
    }
  }

  private void sayOnce(Collector collector, String why) {
    if (!why.equals(obstacles.put(collector, why))) {
      logger.warn("collector {} does not run: {}", collector.name(), why);
    }
  }

  private static String modes(Collector collector) {
    List<String> modes =
        collector.hooks().stream().filter(Hook::attached).map(Hook::mode).distinct().toList();
    return modes.isEmpty() ? "" : " (" + String.join(", ", modes) + ")";
  }
}
