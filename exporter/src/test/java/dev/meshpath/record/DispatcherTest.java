package dev.meshpath.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private static final int COLLECTOR = 5;
  private static final int BYTES = 32;
  private static final long RECORD = 8;

  private final MemorySegment data = MemorySegment.ofArray(new long[16]);
  private final List<Long> taken = new ArrayList<>();
  private final Dispatcher dispatcher =
      new Dispatcher(
          new Dispatcher.Route(COLLECTOR, BYTES, (segment, record) -> taken.add(record)));

  DispatcherTest() {
    RecordHeader.write(data, RECORD, COLLECTOR, BYTES, 1, 0);
  }

  @Test
  void handsOverWhatFits() {
    dispatcher.accept(data, RECORD, BYTES);
    assertThat(taken).containsExactly(RECORD);
    assertCounts(dispatcher, 1, 1, 0);
  }

  @Test
  void beginsWithNothing() {
    assertCounts(dispatcher, 0, 0, 0);
  }

  @Test
  void rejectsShorterRecord() {
    dispatcher.accept(data, RECORD, BYTES - 8);
    assertRejected();
  }

  @Test
  void rejectsLongerRecord() {
    dispatcher.accept(data, RECORD, BYTES + 8);
    assertRejected();
  }

  @Test
  void rejectsRecordThatIsShorterThanItsHeader() {
    dispatcher.accept(data, 16 * Long.BYTES - 8, 8);
    assertRejected();
  }

  @Test
  void rejectsLengthThatTheHeaderContradicts() {
    RecordHeader.write(data, RECORD, COLLECTOR, BYTES + 8, 1, 0);
    dispatcher.accept(data, RECORD, BYTES);
    assertRejected();
  }

  @Test
  void rejectsOtherAbiVersion() {
    data.set(ValueLayout.JAVA_SHORT, RECORD, (short) (RecordHeader.ABI_VERSION + 1));
    dispatcher.accept(data, RECORD, BYTES);
    assertRejected();
  }

  @Test
  void rejectsOtherCollector() {
    RecordHeader.write(data, RECORD, COLLECTOR + 1, BYTES, 1, 0);
    dispatcher.accept(data, RECORD, BYTES);
    assertRejected();
  }

  @Test
  void countsRecordThatItsHandlerCannotUseAsRejected() {
    Dispatcher failing =
        new Dispatcher(
            new Dispatcher.Route(
                COLLECTOR,
                BYTES,
                (segment, record) -> {
                  throw new MalformedRecordException("made up");
                }));
    failing.accept(data, RECORD, BYTES);
    assertCounts(failing, 1, 0, 1);
  }

  @Test
  void survivesAnyExceptionOfItsHandler() {
    Dispatcher failing =
        new Dispatcher(
            new Dispatcher.Route(
                COLLECTOR,
                BYTES,
                (segment, record) -> {
                  throw new IllegalStateException("a defect");
                }));
    failing.accept(data, RECORD, BYTES);
    assertCounts(failing, 1, 0, 1);
  }

  @Test
  void receivedAreDecodedAndRejected() {
    for (int i = 0; i < 10; i++) {
      dispatcher.accept(data, RECORD, i % 3 == 0 ? BYTES : BYTES + 8);
    }
    assertCounts(dispatcher, 10, 4, 6);
  }

  private void assertRejected() {
    assertThat(taken).isEmpty();
    assertCounts(dispatcher, 1, 0, 1);
  }

  private static void assertCounts(
      Dispatcher dispatcher, long received, long decoded, long rejected) {
    assertThat(dispatcher.received()).isEqualTo(received);
    assertThat(dispatcher.decoded()).isEqualTo(decoded);
    assertThat(dispatcher.rejected()).isEqualTo(rejected);
  }
}
