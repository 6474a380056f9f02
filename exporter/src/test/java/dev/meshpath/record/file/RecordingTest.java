package dev.meshpath.record.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.meshpath.failure.Failure;
import dev.meshpath.record.Feed;
import dev.meshpath.record.FeedOfBoth;
import dev.meshpath.record.KernelLedger;
import dev.meshpath.record.RecordHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class RecordingTest {
  private static final long UNLIMITED = 1L << 40;
  private static final RecordingHeader HEADER =
      new RecordingHeader(Map.of("program", "meshpath 1", "kernel", "6.12 ä=\n"));
  private static final int RECORD_BYTES = 336;
  private static final int FLIPS = 3000;

  /** What zlib leaves at a flush, the rest of the last byte included. */
  private static final int FLUSH_BYTES = 6;

  private final Logger logger = (Logger) LoggerFactory.getLogger(Recorder.class);
  private final Random random = new Random(7);
  private final Calls told = new Calls();

  @TempDir private Path directory;

  @BeforeEach
  void hush() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    logger.setLevel(null);
  }

  private Path file() {
    return directory.resolve("recording.mpr");
  }

  /** All kinds of calls, records first. */
  private void tell(Feed feed, int records) {
    feed.clock(1_700_000_000_000_000_000L);
    feed.attached(1_000, List.of("mesh_path_add_exit fentry attached", "größe kprobe blind"));
    for (int i = 0; i < records; i++) {
      record(feed, 2_000 + i);
    }
    feed.time(9_000_000);
    feed.ledger(9_000_001, new KernelLedger(1, 2, 3, 4, 5), 6);
    MemorySegment row = MemorySegment.ofArray(new long[RECORD_BYTES / 8]);
    RecordHeader.write(row, 0, 1, RECORD_BYTES, 9_000_002, 0);
    feed.row(row, 0, RECORD_BYTES);
    feed.detached(9_000_003, new KernelLedger(6, 7, 8, 9, 10));
  }

  private void record(Feed feed, long ktimeNs) {
    byte[] noise = new byte[24];
    random.nextBytes(noise);
    MemorySegment data = MemorySegment.ofArray(new long[RECORD_BYTES / 8 + 2]);
    data.asSlice(100).copyFrom(MemorySegment.ofArray(noise));
    RecordHeader.write(data, 8, 1, RECORD_BYTES, ktimeNs, 1);
    feed.record(data, 8, RECORD_BYTES);
  }

  private Recorder.Account recorded(int records) {
    Recorder recorder = new Recorder(file(), UNLIMITED, HEADER, () -> {});
    tell(new FeedOfBoth(recorder, told), records);
    recorder.close();
    return recorder.account();
  }

  private static Calls read(Path file) throws IOException, RecordingException {
    Calls calls = new Calls();
    try (RecordingReader reader = RecordingReader.open(file)) {
      while (reader.next()) {
        reader.feed(calls);
      }
    }
    return calls;
  }

  private static String defect(Path file) throws IOException, RecordingException {
    try (RecordingReader reader = RecordingReader.open(file)) {
      while (reader.next()) {
        // to the end
      }
      return String.valueOf(reader.defect());
    }
  }

  @Test
  void whatWasToldIsRead() throws Exception {
    Recorder.Account account = recorded(2_000);
    assertThat(read(file()).lines()).isEqualTo(told.lines());
    assertThat(defect(file())).isEqualTo("null");
    assertThat(account).isEqualTo(new Recorder.Account(told.lines().size(), 0, Files.size(file())));
    try (RecordingReader reader = RecordingReader.open(file())) {
      assertThat(reader.header()).isEqualTo(HEADER);
      assertThat(reader.header().fact("nobody asked")).isEmpty();
    }
  }

  @Test
  void timesAreTold() throws Exception {
    recorded(1);
    try (RecordingReader reader = RecordingReader.open(file())) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.timeNs()).isZero(); // the clock of the world
      assertThat(reader.next()).isTrue();
      assertThat(reader.timeNs()).isEqualTo(1_000);
      assertThat(reader.next()).isTrue();
      assertThat(reader.timeNs()).isEqualTo(2_000);
    }
  }

  @Test
  void fileCutAtAnyByteIsReadUpToTheLastCompleteEntry() throws Exception {
    recorded(20);
    byte[] whole = Files.readAllBytes(file());
    Path cut = directory.resolve("cut.mpr");
    int headerBytes = HEADER.bytes().length;
    int entries = 0;
    for (int length = headerBytes; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      List<String> lines = read(cut).lines();
      assertThat(lines).isEqualTo(told.lines().subList(0, lines.size()));
      assertThat(lines.size()).isGreaterThanOrEqualTo(entries);
      entries = lines.size();
      if (length >= whole.length - FLUSH_BYTES) { // the end is there
        continue;
      }
      assertThat(defect(cut))
          .startsWith(cut + " has no end (its recorder was killed, or writes still): its ")
          .contains(" its " + entries + " complete entries are used, and the last ")
          .endsWith(" bytes are not.");
    }
    assertThat(entries).isEqualTo(told.lines().size());
  }

  @Test
  void killedRecorderLeavesAllThatWasFlushed() throws Exception {
    try (RecordingWriter writer = new RecordingWriter(file(), HEADER)) {
      EntryBuffer entries = new EntryBuffer();
      tell(new FeedOfBoth(entries, told), 20);
      writer.write(entries);
      assertThat(read(file()).lines()).isEqualTo(told.lines());
      assertThat(defect(file())).endsWith(", and the last 0 bytes are not.");
    }
  }

  @Test
  void fileCutWithinItsHeaderIsOneSentence() throws Exception {
    byte[] header = HEADER.bytes();
    for (int length = 1; length < header.length; length++) {
      Files.write(file(), Arrays.copyOf(header, length));
      assertThatThrownBy(() -> RecordingReader.open(file()))
          .isInstanceOf(RecordingException.class)
          .hasMessage("ends within its header: it was cut, and holds no event");
    }
  }

  @Test
  void damageAnywhereIsNoException() throws Exception {
    recorded(50);
    byte[] whole = Files.readAllBytes(file());
    Path damaged = directory.resolve("damaged.mpr");
    int readable = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] bytes = whole.clone();
      for (int flip = random.nextInt(4); flip >= 0; flip--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(damaged, bytes);
      try {
        List<String> lines = read(damaged).lines();
        assertThat(lines).isEqualTo(told.lines().subList(0, lines.size()));
        readable++;
      } catch (RecordingException e) {
        assertThat(e.what()).contains(": ");
      }
    }
    assertThat(readable).isBetween(1, FLIPS - 1);
  }

  @Test
  void damageIsSaid() throws Exception {
    recorded(500);
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(), bytes);
    assertThat(defect(file())).matches(".* is damaged: its \\d+ complete entries are used, .*");
  }

  @Test
  void whatFollowsUponTheEndIsSaid() throws Exception {
    recorded(1);
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(bytes, bytes.length + 9));
    assertThat(read(file()).lines()).isEqualTo(told.lines());
    assertThat(defect(file())).contains(" goes on behind its end: ");
  }

  @Test
  void foreignFilesAreOneSentence() throws Exception {
    byte[] header = HEADER.bytes();
    byte[] newer = header.clone();
    newer[8] = 2;
    byte[] otherLayout = header.clone();
    otherLayout[10]++;
    byte[] damaged = header.clone();
    damaged[20] ^= 1;
    byte[] liar = header.clone();
    liar[15] = 0x7f;
    for (Map.Entry<byte[], String> foreign :
        Map.of(
                new byte[0],
                "is empty: name a recording, as meshpath record writes it",
                "a letter to nobody".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "is no recording of meshpath: name one, as meshpath record writes it",
                newer,
                "has format 2, and this program reads format 1: replay it with the version of"
                    + " meshpath that wrote it",
                otherLayout,
                "has ring records of layout "
                    + (RecordHeader.ABI_VERSION + 1)
                    + ", and this program reads layout "
                    + RecordHeader.ABI_VERSION
                    + ": replay it with the version of meshpath that wrote it",
                damaged,
                "has a damaged header: get a copy that is whole",
                liar,
                "has a damaged header: get a copy that is whole")
            .entrySet()) {
      Files.write(file(), foreign.getKey());
      assertThatThrownBy(() -> RecordingReader.open(file()))
          .isInstanceOf(RecordingException.class)
          .hasMessage(foreign.getValue());
    }
  }

  @Test
  void formerRecordingsAreKept() throws Exception {
    Files.writeString(file(), "first");
    Files.writeString(directory.resolve("recording.mpr.1"), "before");
    recorded(1);
    assertThat(directory.resolve("recording.mpr.1")).hasContent("before");
    assertThat(directory.resolve("recording.mpr.2")).hasContent("first");
    assertThat(read(file()).lines()).isEqualTo(told.lines());
  }

  @Test
  void recordingIsForItsOwnerOnly() throws Exception {
    recorded(1);
    assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
  }

  @Test
  void limitEndsTheRecording() throws Exception {
    AtomicInteger full = new AtomicInteger();
    long limit = 256 << 10;
    Recorder recorder = new Recorder(file(), limit, HEADER, full::incrementAndGet);
    int records = 20_000;
    for (int i = 0; i < records; i++) {
      record(new FeedOfBoth(recorder, told), i);
      if (i % 100 == 0) {
        Thread.sleep(1); // else the queue is full before the file
      }
    }
    recorder.close();
    assertThat(Files.size(file())).isBetween(limit / 4, limit);
    List<String> lines = read(file()).lines();
    assertThat(lines).isEqualTo(told.lines().subList(0, lines.size()));
    assertThat(defect(file())).isEqualTo("null");
    assertThat(full).hasValue(1);
    assertThat(recorder.account().written()).isEqualTo(lines.size());
    assertThat(recorder.account().dropped()).isEqualTo(records - lines.size());
  }

  @Test
  void fullQueueIsCountedAndTold() throws Exception {
    Recorder recorder = new Recorder(file(), UNLIMITED, HEADER, () -> {}, 2);
    recorder.clock(77);
    int records = 2_000; // of which two buffers are some 400
    for (int i = 0; i < records; i++) {
      record(recorder, i);
    }
    recorder.begin();
    while (recorder.account().written() == 0) {
      Thread.sleep(1);
    }
    record(recorder, records);
    recorder.close();
    long dropped = recorder.account().dropped();
    List<String> lines = read(file()).lines();
    assertThat(dropped).isPositive();
    assertThat(lines).contains("dropped " + dropped);
    assertThat(lines.get(lines.indexOf("dropped " + dropped) + 1)).isEqualTo("clock 77");
    long kept = lines.stream().filter(line -> line.startsWith("record ")).count();
    assertThat(kept + dropped).isEqualTo(records + 1);
    assertThat(defect(file())).isEqualTo("null");
  }

  @Test
  void fileThatCannotBeIsOneSentence() {
    Path nowhere = directory.resolve("no/where.mpr");
    assertThatThrownBy(() -> new Recorder(nowhere, UNLIMITED, HEADER, () -> {}))
        .isInstanceOf(Failure.class)
        .hasMessageMatching("cannot write a recording to .*: name a file that can be written\\.");
  }
}
