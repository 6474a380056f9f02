package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.meshpath.record.Dispatcher;
import dev.meshpath.record.KernelLedger;
import dev.meshpath.record.RecordHeader;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LossesTest {
  private static final int COLLECTOR = 1;
  private static final int BYTES = 32;

  private final Logger logger = (Logger) LoggerFactory.getLogger(Losses.class);
  private final Losses losses = new Losses();
  private final Dispatcher dispatcher =
      new Dispatcher(new Dispatcher.Route(COLLECTOR, BYTES, (data, record) -> {}));

  @BeforeEach
  void hush() {
    logger.setLevel(Level.OFF);
    ((Logger) LoggerFactory.getLogger(Dispatcher.class)).setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    logger.setLevel(null);
    ((Logger) LoggerFactory.getLogger(Dispatcher.class)).setLevel(null);
  }

  @Test
  void nothingIsNoLoss() {
    assertThat(losses.watch(kernel(0, 0, 0), dispatcher, 0)).isFalse();
    assertThat(losses.gaps()).isZero();
  }

  @Test
  void eventsThatArriveAreNoLoss() {
    receive(10, 0);
    assertThat(losses.watch(kernel(10, 10, 0), dispatcher, 0)).isFalse();
    assertThat(losses.unaccounted()).isZero();
  }

  @Test
  void fullRingIsOneGapAndOneResync() {
    receive(8, 0);
    assertThat(losses.watch(kernel(10, 8, 2), dispatcher, 0)).isTrue();
    assertThat(losses.gaps()).isOne();
    assertThat(losses.resyncsAfterLoss()).isOne();
    assertThat(losses.resyncsAfterMiss()).isZero();
  }

  @Test
  void lossIsSaidOnce() {
    receive(8, 0);
    losses.watch(kernel(10, 8, 2), dispatcher, 0);
    assertThat(losses.watch(kernel(10, 8, 2), dispatcher, 0)).isFalse();
    assertThat(losses.gaps()).isOne();
    assertThat(losses.resyncsAfterLoss()).isOne();
  }

  @Test
  void nextLossIsAnotherGap() {
    receive(8, 0);
    losses.watch(kernel(10, 8, 2), dispatcher, 0);
    assertThat(losses.watch(kernel(11, 8, 3), dispatcher, 0)).isTrue();
    assertThat(losses.gaps()).isEqualTo(2);
  }

  @Test
  void rejectedRecordIsLoss() {
    receive(1, 1);
    assertThat(losses.watch(kernel(2, 2, 0), dispatcher, 0)).isTrue();
    assertThat(losses.gaps()).isOne();
    assertThat(losses.unaccounted()).isZero();
  }

  @Test
  void skippedProgramIsResyncWithoutGap() {
    assertThat(losses.watch(kernel(0, 0, 0), dispatcher, 3)).isTrue();
    assertThat(losses.watch(kernel(0, 0, 0), dispatcher, 3)).isFalse();
    assertThat(losses.gaps()).isZero();
    assertThat(losses.resyncsAfterLoss()).isZero();
    assertThat(losses.resyncsAfterMiss()).isOne();
  }

  @Test
  void lossWithSkippedProgramIsOneResync() {
    assertThat(losses.watch(kernel(1, 0, 1), dispatcher, 3)).isTrue();
    assertThat(losses.resyncsAfterLoss()).isOne();
    assertThat(losses.resyncsAfterMiss()).isZero();
  }

  @Test
  void countsThatBeganAnewAreNoLoss() {
    receive(8, 0);
    losses.watch(kernel(10, 8, 2), dispatcher, 5);
    losses.restart();
    Dispatcher fresh = new Dispatcher(new Dispatcher.Route(COLLECTOR, BYTES, (data, record) -> {}));
    assertThat(losses.watch(kernel(0, 0, 0), fresh, 0)).isFalse();
    assertThat(losses.gaps()).isOne();
    assertThat(losses.watch(kernel(1, 0, 1), fresh, 0)).isTrue();
    assertThat(losses.gaps()).isEqualTo(2);
  }

  @Test
  void eventsUnderWayAreAccountedFor() {
    receive(9, 0);
    losses.watch(kernel(10, 10, 0), dispatcher, 0);
    receive(1, 0);
    losses.watch(kernel(10, 10, 0), dispatcher, 0);
    assertThat(losses.unaccounted()).isZero();
  }

  @Test
  void whatIsMissingAfterTwoQuietLooksIsUnaccounted() {
    receive(9, 0);
    losses.watch(kernel(10, 10, 0), dispatcher, 0);
    assertThat(losses.unaccounted()).isZero();
    losses.watch(kernel(10, 10, 0), dispatcher, 0);
    assertThat(losses.unaccounted()).isOne();
  }

  @Test
  void whatIsMissingWhileEventsComeIsUnderWay() {
    receive(9, 0);
    for (int seen = 10; seen < 20; seen++) {
      losses.watch(kernel(seen, seen, 0), dispatcher, 0);
      receive(1, 0);
    }
    assertThat(losses.unaccounted()).isZero();
  }

  @Test
  void whatIsFoundAgainIsAccountedFor() {
    receive(9, 0);
    losses.watch(kernel(10, 10, 0), dispatcher, 0);
    losses.watch(kernel(10, 10, 0), dispatcher, 0);
    receive(1, 0);
    losses.watch(kernel(10, 10, 0), dispatcher, 0);
    losses.watch(kernel(10, 10, 0), dispatcher, 0);
    assertThat(losses.unaccounted()).isZero();
  }

  private static KernelLedger kernel(long seen, long submitted, long ringFull) {
    return new KernelLedger(seen, submitted, ringFull, 0, 0);
  }

  private void receive(int good, int bad) {
    MemorySegment data = MemorySegment.ofArray(new long[4]);
    RecordHeader.write(data, 0, COLLECTOR, BYTES, 1, 0);
    for (int i = 0; i < good; i++) {
      dispatcher.accept(data, 0, BYTES);
    }
    for (int i = 0; i < bad; i++) {
      dispatcher.accept(data, 0, BYTES - 8);
    }
  }
}
