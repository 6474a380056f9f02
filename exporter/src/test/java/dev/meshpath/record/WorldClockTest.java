package dev.meshpath.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WorldClockTest {
  private final long[] monotonicNs = {5_000_000_000L};
  private final WorldClock world =
      new WorldClock(
          Clock.fixed(Instant.ofEpochSecond(100, 7), ZoneOffset.UTC), () -> monotonicNs[0]);

  @Test
  void isDueOnceASecond() {
    assertThat(world.isDue(0)).isTrue();
    assertThat(world.offsetNs()).isEqualTo(95_000_000_007L);
    assertThat(world.isDue(5_999_999_999L)).isFalse();
    assertThat(world.isDue(6_000_000_000L)).isTrue();
  }

  @Test
  void stepMovesWhatComes() {
    KernelClock clock = new KernelClock();
    clock.set(world.offsetNs());
    assertThat(clock.epochNs(5_000_000_001L)).isEqualTo(100_000_000_008L);
    clock.set(7);
    assertThat(clock.offsetNs()).isEqualTo(7);
    assertThat(clock.epochNs(1)).isEqualTo(8);
  }
}
