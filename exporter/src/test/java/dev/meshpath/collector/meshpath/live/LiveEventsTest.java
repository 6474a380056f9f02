package dev.meshpath.collector.meshpath.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.record.KernelClock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LiveEventsTest {
  private static final long TWO = Events.station(2);

  private final KernelClock clock = new KernelClock();
  private final LiveEvents live = new LiveEvents(clock);

  private void come(int events) {
    for (int i = 0; i < events; i++) {
      live.onEvent(Events.add(Events.MESH0, TWO, live.newest() + 1));
    }
  }

  private static List<Long> numbers(LiveEvents.Batch batch) {
    return batch.events().stream().map(LiveEvent::number).toList();
  }

  @Test
  void nothingIsThereBeforeTheFirst() {
    assertThat(live.newest()).isZero();
    assertThat(live.after(0, 200)).isEqualTo(new LiveEvents.Batch(0, List.of()));
  }

  @Test
  void readerGoesOnWhereItWas() {
    come(3);
    assertThat(numbers(live.after(0, 2))).containsExactly(1L, 2L);
    assertThat(numbers(live.after(2, 2))).containsExactly(3L);
    assertThat(live.after(3, 2).events()).isEmpty();
  }

  @Test
  void readerThatIsTooSlowLearnsHowManyItMissed() {
    come(3_000);
    LiveEvents.Batch batch = live.after(10, 5);
    assertThat(batch.missed()).isEqualTo(3_000 - 1_024 - 10);
    assertThat(numbers(batch)).containsExactly(1_977L, 1_978L, 1_979L, 1_980L, 1_981L);
  }

  @Test
  void whatIsKeptReachesBackForANewcomer() {
    come(500);
    assertThat(live.after(500 - LiveEvents.KEPT, LiveEvents.KEPT).events()).hasSize(200);
  }

  @Test
  void timeIsThatOfTheWorldThen() {
    clock.set(1_000);
    come(1);
    clock.set(5_000); // a step moves nothing that was
    assertThat(live.after(0, 1).events().getFirst().epochNs()).isEqualTo(1_001);
  }

  @Test
  void elementsThatToldNothingNewAreNoEvents() {
    live.onEvent(Events.ignored(TWO, 130, 1));
    assertThat(live.newest()).isZero();
  }

  /** Whatever happens in between, what a reader has is in order, and the rest is counted. */
  @Test
  void nothingIsLostSilentlyWhileEventsCome() throws Exception {
    int events = 300_000;
    AtomicBoolean over = new AtomicBoolean();
    Thread ring =
        Thread.ofPlatform()
            .start(
                () -> {
                  come(events);
                  over.set(true);
                });
    long seen = 0;
    long had = 0;
    long missed = 0;
    while (!over.get() || seen < live.newest()) {
      LiveEvents.Batch batch = live.after(seen, 200);
      missed += batch.missed();
      seen += batch.missed();
      for (LiveEvent event : batch.events()) {
        assertThat(event.number()).isEqualTo(++seen);
        assertThat(event.event().ktimeNs()).isEqualTo(seen);
        assertThat(event.event().change()).isEqualTo(MeshPathChange.ADD);
        had++;
      }
    }
    ring.join();
    assertThat(had + missed).isEqualTo(events);
    assertThat(had).isPositive();
  }
}
