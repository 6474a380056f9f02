package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiscardedFramesTest {
  private static final MeshPathEvent.Device LATER = Events.device(1, 8, "mesh1");

  @Test
  void leavesWhatWasBefore() {
    DiscardedFrames discarded = began(3, 40);
    assertThat(discarded.since(List.of(counts(5, 40, 0, 0)))).containsExactly(counts(2, 0, 0, 0));
  }

  @Test
  void hasEachFrameOnce() {
    DiscardedFrames discarded = began(0, 40);
    assertThat(discarded.since(List.of(counts(0, 52, 7, 4)))).containsExactly(counts(0, 1, 7, 4));
    assertThat(discarded.since(List.of(counts(0, 55, 8, 4)))).containsExactly(counts(0, 3, 8, 4));
  }

  @Test
  void hasAllOfDeviceThatCameLater() {
    DiscardedFrames discarded = began(3, 40);
    assertThat(discarded.since(List.of(counts(LATER, 2, 9, 5, 1))))
        .containsExactly(counts(LATER, 2, 3, 5, 1));
  }

  @Test
  void doesNotFallWhenProgramsWereReadFirst() {
    DiscardedFrames discarded = began(0, 0);
    // ten that waited were discarded between the two looks at the counts
    assertThat(discarded.since(List.of(counts(0, 12, 0, 0)))).containsExactly(counts(0, 12, 0, 0));
    assertThat(discarded.since(List.of(counts(0, 12, 10, 0))))
        .containsExactly(counts(0, 12, 10, 0));
    assertThat(discarded.since(List.of(counts(0, 23, 10, 0))))
        .containsExactly(counts(0, 13, 10, 0));
  }

  @Test
  void goesOnBeyondThe32BitsOfTheKernel() {
    DiscardedFrames discarded = began(0xffff_fffeL, 0xffff_fff0L);
    assertThat(discarded.since(List.of(counts(1, 4, 5, 0)))).containsExactly(counts(3, 15, 5, 0));
    assertThat(discarded.since(List.of(counts(0x7fff_0000L, 4, 5, 0))))
        .containsExactly(counts(0x7fff_0002L, 15, 5, 0));
    assertThat(discarded.since(List.of(counts(0xf000_0000L, 4, 5, 0))))
        .containsExactly(counts(0xf000_0002L, 15, 5, 0));
    assertThat(discarded.since(List.of(counts(1, 4, 5, 0))))
        .containsExactly(counts(0x1_0000_0003L, 15, 5, 0));
  }

  private static DiscardedFrames began(long ttl, long noRoute) {
    return new DiscardedFrames(List.of(counts(ttl, noRoute, 0, 0)));
  }

  private static FrameCounts counts(long ttl, long noRoute, long unresolved, long queueFull) {
    return counts(Events.MESH0, ttl, noRoute, unresolved, queueFull);
  }

  private static FrameCounts counts(
      MeshPathEvent.Device device, long ttl, long noRoute, long unresolved, long queueFull) {
    return new FrameCounts(device, 512, 93, ttl, noRoute, unresolved, queueFull, 6);
  }
}
