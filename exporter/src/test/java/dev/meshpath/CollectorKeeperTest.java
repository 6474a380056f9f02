package dev.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(20)
class CollectorKeeperTest {
  private static final long PERIOD_MS = 1;
  private static final long NEVER_MS = 3_600_000;

  private final Logger logger = (Logger) LoggerFactory.getLogger(CollectorKeeper.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final ScriptedCollector collector = new ScriptedCollector("scripted");

  @BeforeEach
  void listen() {
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
    said.start();
    logger.addAppender(said);
  }

  @AfterEach
  void restore() {
    logger.detachAppender(said);
    logger.setLevel(null);
    logger.setAdditive(true);
  }

  @Test
  void startsWhatCanRunAtOnce() {
    try (CollectorKeeper keeper = new CollectorKeeper(List.of(collector), NEVER_MS)) {
      assertThat(keeper.isWatching(collector)).isFalse();
      keeper.start();
      assertThat(keeper.isWatching(collector)).isTrue();
    }
    assertThat(collector.starts).hasValue(1);
  }

  @Test
  void saysByHowManyHooksItWatches() {
    try (CollectorKeeper keeper = new CollectorKeeper(List.of(collector), NEVER_MS)) {
      keeper.start();
    }
    assertThat(messages())
        .containsExactly("collector scripted watches by 2 hooks (fentry, kprobe), 1 are missing");
  }

  @Test
  void collectorThatMustWaitStartsWhenItsObstacleIsGone() throws InterruptedException {
    collector.obstacle = "the driver is not loaded.";
    try (CollectorKeeper keeper = new CollectorKeeper(List.of(collector), PERIOD_MS)) {
      keeper.start();
      assertThat(keeper.isWatching(collector)).isFalse();
      assertThat(collector.starts).hasValue(0);
      collector.obstacle = "";
      await(() -> keeper.isWatching(collector));
    }
    assertThat(collector.starts).hasValue(1);
  }

  @Test
  void obstacleIsSaidOnce() throws InterruptedException {
    collector.obstacle = "the driver is not loaded.";
    try (CollectorKeeper keeper = new CollectorKeeper(List.of(collector), PERIOD_MS)) {
      keeper.start();
      int looks = collector.looks.get();
      await(() -> collector.looks.get() >= looks + 3);
    }
    assertThat(messages())
        .containsExactly("collector scripted does not run: the driver is not loaded.");
  }

  @Test
  void anotherObstacleIsSaid() throws InterruptedException {
    collector.obstacle = "first.";
    try (CollectorKeeper keeper = new CollectorKeeper(List.of(collector), PERIOD_MS)) {
      keeper.start();
      collector.obstacle = "second.";
      await(() -> messages().size() == 2);
    }
    assertThat(messages())
        .containsExactly(
            "collector scripted does not run: first.", "collector scripted does not run: second.");
  }

  @Test
  void failureOfStartIsSaidOnceAndTriedAgain() throws InterruptedException {
    collector.failure = "the kernel refuses";
    try (CollectorKeeper keeper = new CollectorKeeper(List.of(collector), PERIOD_MS)) {
      keeper.start();
      await(() -> collector.starts.get() >= 3);
      assertThat(keeper.isWatching(collector)).isFalse();
      assertThat(messages()).containsExactly("collector scripted does not run: the kernel refuses");
      collector.failure = "";
      await(() -> keeper.isWatching(collector));
    }
  }

  @Test
  void failureOfOneDoesNotKeepTheOthersFromRunning() {
    collector.failure = "the kernel refuses";
    ScriptedCollector other = new ScriptedCollector("other");
    try (CollectorKeeper keeper = new CollectorKeeper(List.of(collector, other), NEVER_MS)) {
      keeper.start();
      assertThat(keeper.isWatching(collector)).isFalse();
      assertThat(keeper.isWatching(other)).isTrue();
    }
  }

  @Test
  void staleCollectorIsClosedAndStartedAgain() throws InterruptedException {
    try (CollectorKeeper keeper = new CollectorKeeper(List.of(collector), PERIOD_MS)) {
      keeper.start();
      collector.stale = true;
      await(() -> collector.starts.get() == 2);
      assertThat(collector.closes).hasValue(1);
    }
    assertThat(messages().get(1))
        .isEqualTo("what collector scripted watches was taken away: it lets go");
  }

  @Test
  void staleCollectorWithAnObstacleIsNotWatching() throws InterruptedException {
    try (CollectorKeeper keeper = new CollectorKeeper(List.of(collector), PERIOD_MS)) {
      keeper.start();
      collector.obstacle = "the driver is not loaded.";
      collector.stale = true;
      await(() -> !keeper.isWatching(collector));
      await(() -> collector.closes.get() == 1);
      assertThat(collector.starts).hasValue(1);
    }
    assertThat(collector.closes).hasValue(1);
  }

  @Test
  void closeClosesWhatWatches() {
    ScriptedCollector waiting = new ScriptedCollector("waiting");
    waiting.obstacle = "no.";
    CollectorKeeper keeper = new CollectorKeeper(List.of(collector, waiting), NEVER_MS);
    keeper.start();
    keeper.close();
    assertThat(collector.closes).hasValue(1);
    assertThat(waiting.closes).hasValue(0);
    assertThat(keeper.isWatching(collector)).isFalse();
  }

  @Test
  void nothingStartsOnceClosed() throws InterruptedException {
    collector.obstacle = "no.";
    CollectorKeeper keeper = new CollectorKeeper(List.of(collector), PERIOD_MS);
    keeper.start();
    keeper.close();
    collector.obstacle = "";
    Thread.sleep(20);
    assertThat(collector.starts).hasValue(0);
  }

  @Test
  void closeBeforeStartIsHarmless() {
    new CollectorKeeper(List.of(collector), NEVER_MS).close();
    assertThat(collector.closes).hasValue(0);
  }

  private List<String> messages() {
    return List.copyOf(said.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(1); // until the time of the test is over
    }
  }

  /** Does what the test tells it to. */
  private static final class ScriptedCollector implements Collector {
    private final String name;
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private volatile String obstacle = "";
    private volatile String failure = "";
    private volatile boolean stale;

    ScriptedCollector(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Optional<String> obstacle() {
      looks.incrementAndGet();
      return Optional.of(obstacle).filter(sentence -> !sentence.isEmpty());
    }

    @Override
    public void start() {
      starts.incrementAndGet();
      if (!failure.isEmpty()) {
        throw new IllegalStateException(failure);
      }
      stale = false;
    }

    @Override
    public boolean isStale() {
      return stale;
    }

    @Override
    public List<Hook> hooks() {
      return List.of(
          new Hook("a", "fentry", true),
          new Hook("b", "kprobe", true),
          new Hook("c", "none", false));
    }

    @Override
    public EventLedger ledger() {
      return EventLedger.EMPTY;
    }

    @Override
    public void close() {
      closes.incrementAndGet();
    }
  }
}
