package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.record.KernelLedger;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RingBufferTest {
  private static final int ALL = Integer.MAX_VALUE;

  /** So many fit: the kernel leaves at least one byte free. */
  private static final int ROOM = (TestRing.BYTES - 1) / TestRing.SLOT_BYTES;

  private final TestRing kernel = new TestRing();
  private final RingBuffer ring = kernel.ring();
  private final List<MeshPathEvent> events = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();

  @AfterEach
  void close() {
    kernel.close();
  }

  @Test
  void knowsItsSize() {
    assertThat(ring.sizeBytes()).isEqualTo(65536);
  }

  @Test
  void emptyRingHandsOverNothing() {
    assertThat(drain(ALL)).isZero();
    assertThat(events).isEmpty();
  }

  @Test
  void recordsArriveInOrderWithTheirValues() {
    kernel.emit(ROOM);
    assertThat(drain(ALL)).isEqualTo(ROOM);
    assertThat(timeless()).isEqualTo(expected(0, ROOM));
  }

  @Test
  void recordsCarryTheirLength() {
    kernel.emit(2);
    drain(ALL);
    assertThat(lengths).containsExactly(MeshPathRecord.BYTES, MeshPathRecord.BYTES);
  }

  @Test
  void recordsCarryTheTimeOfTheMonotonicClock() {
    long before = System.nanoTime();
    kernel.emit(3);
    long after = System.nanoTime();
    drain(ALL);
    assertThat(events)
        .extracting(MeshPathEvent::ktimeNs)
        .isSorted()
        .allSatisfy(ktimeNs -> assertThat(ktimeNs).isBetween(before, after));
  }

  @Test
  void drainsAtMostWhatItIsAskedFor() {
    kernel.emit(5);
    assertThat(drain(2)).isEqualTo(2);
    assertThat(drain(2)).isEqualTo(2);
    assertThat(drain(2)).isEqualTo(1);
    assertThat(timeless()).isEqualTo(expected(0, 5));
  }

  @Test
  void usedBytesAreThoseThatWait() {
    kernel.emit(3);
    assertThat(ring.usedBytes()).isEqualTo(3L * TestRing.SLOT_BYTES);
    drain(1);
    assertThat(ring.usedBytes()).isEqualTo(2L * TestRing.SLOT_BYTES);
    drain(ALL);
    assertThat(ring.usedBytes()).isZero();
  }

  @Test
  void goesOnAtTheStartWhenTheEndIsReached() {
    int rounds = 200;
    for (int round = 0; round < rounds; round++) {
      kernel.emit(ROOM);
      assertThat(drain(ALL)).isEqualTo(ROOM);
    }
    assertThat(kernel.kernel().ringFull()).isZero();
    assertThat(timeless()).isEqualTo(expected(0, rounds * ROOM));
  }

  @Test
  void fullRingLosesNothingSilently() {
    kernel.emit(1000);
    int received = drain(ALL);
    assertThat(received).isEqualTo(ROOM);
    assertThat(kernel.kernel()).isEqualTo(new KernelLedger(1000, ROOM, 1000 - ROOM, 0, 0));
    assertThat(timeless()).isEqualTo(expected(0, ROOM));
  }

  @Test
  void drainedRoomIsUsedAgain() {
    kernel.emit(1000);
    drain(1);
    kernel.emit(2);
    assertThat(kernel.kernel()).isEqualTo(new KernelLedger(1002, ROOM + 1, 1001 - ROOM, 0, 0));
    drain(ALL);
    assertThat(timeless().getLast()).isEqualTo(TestRing.expected(1000));
  }

  @Test
  void discardedRecordsAreSkipped() {
    kernel.program("emit_and_discard").testRun(9);
    assertThat(drain(ALL)).isEqualTo(6);
    assertThat(timeless())
        .isEqualTo(IntStream.of(0, 1, 3, 4, 6, 7).mapToObj(TestRing::expected).toList());
    assertThat(ring.usedBytes()).isZero();
  }

  @Test
  void discardedRecordsDoNotCountAsDrained() {
    kernel.program("emit_and_discard").testRun(6);
    assertThat(drain(3)).isEqualTo(3);
    assertThat(timeless().getLast()).isEqualTo(TestRing.expected(3));
  }

  @Test
  void secondReaderGoesOnWhereTheFirstStopped() {
    kernel.emit(5);
    drain(2);
    try (RingBuffer second = new RingBuffer(kernel.libc(), kernel.map("events"))) {
      assertThat(second.drain(this::take, ALL)).isEqualTo(3);
    }
    assertThat(timeless()).isEqualTo(expected(0, 5));
  }

  private int drain(int most) {
    return ring.drain(this::take, most);
  }

  private void take(MemorySegment data, long record, int length) {
    lengths.add(length);
    events.add(MeshPathRecord.decode(data, record));
  }

  private List<MeshPathEvent> timeless() {
    return events.stream().map(TestRing::timeless).toList();
  }

  private static List<MeshPathEvent> expected(int first, int end) {
    return IntStream.range(first, end).mapToObj(TestRing::expected).toList();
  }
}
