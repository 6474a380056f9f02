package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.collector.Reconciliation;
import dev.meshpath.collector.meshpath.capture.CaptureSelection;
import dev.meshpath.collector.meshpath.capture.CauseCapture;
import dev.meshpath.collector.meshpath.trace.EventLogs;
import dev.meshpath.collector.meshpath.trace.Frames;
import dev.meshpath.collector.meshpath.trace.MeshPathSpans;
import dev.meshpath.config.OtlpConfig;
import dev.meshpath.config.OtlpProtocol;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.record.Feed;
import dev.meshpath.record.FeedOfBoth;
import dev.meshpath.record.KernelClock;
import dev.meshpath.record.KernelLedger;
import dev.meshpath.record.file.Recorder;
import dev.meshpath.record.file.RecordingHeader;
import dev.meshpath.record.file.RecordingReader;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.otlp.OtlpExport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A recording gives, replayed, what its run gave. */
@Timeout(60)
class MeshPathReplayTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final long A = Events.station(0);
  private static final long B = Events.station(1);

  /** Of the recorded machine, which started long ago and far away. */
  private static final long START = 5_000 * SECOND;

  private static final long OFFSET = 1_600_000_000L * SECOND;

  private static final Pattern SPAN =
      Pattern.compile(
          "\\{\"traceId\":\"\\w+\",\"spanId\":\"\\w+\",(\"parentSpanId\":\"\\w+\",)?\"name\".*?"
              + "\"status\":\\{[^}]*\\},\"flags\":\\d+\\}");

  private static final Pattern RECORD =
      Pattern.compile("\\{\"timeUnixNano\".*?\"spanId\":\"\\w+\"");

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.meshpath");

  @TempDir private Path directory;

  @BeforeEach
  void hush() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    logger.setLevel(null);
  }

  /** What a run leaves. */
  private record Run(
      List<DeviceSnapshot> paths,
      EventLedger ledger,
      Reconciliation reconciliation,
      List<String> spans,
      List<String> logs,
      List<Byte> capture) {}

  /** The outlets of a run, in a directory of its own. */
  private final class Outlet implements AutoCloseable {
    private final Path home;
    private final KernelClock clock = new KernelClock();
    private final OtlpExport otlp;
    private final CauseCapture capture;
    private final List<MeshPathListener> listeners = new ArrayList<>();

    Outlet(String name, LongSupplier nowNs) throws IOException {
      home = Files.createDirectory(directory.resolve(name));
      otlp =
          new OtlpExport(
              new OtlpConfig(
                  null,
                  OtlpProtocol.GRPC,
                  home.resolve("traces"),
                  home.resolve("logs"),
                  OtlpConfig.NONE.queueItems(),
                  1,
                  null),
              Map.of(),
              new BuildInfo("1", "1a2b3c4"));
      capture =
          new CauseCapture(
              new CauseCapture.Settings(
                  home.resolve("causes.pcapng"),
                  1 << 20,
                  Duration.ofDays(9999),
                  true,
                  "meshpath 1"),
              clock,
              nowNs);
      listeners.add(
          new MeshPathSpans(otlp.tracer(), otlp::choose, new EventLogs(otlp.logger()), clock, 1));
      listeners.add(capture);
    }

    boolean isCrowded() {
      return otlp.isCrowded() || capture.isCrowded();
    }

    @Override
    public void close() {
      otlp.close();
      capture.close();
    }

    Run run(List<DeviceSnapshot> paths, EventLedger ledger, Reconciliation reconciliation)
        throws IOException {
      close();
      ByteArrayOutputStream packets = new ByteArrayOutputStream();
      capture.copy(new CaptureSelection("", "", 0, Long.MAX_VALUE), packets);
      List<Byte> bytes = new ArrayList<>();
      for (byte one : packets.toByteArray()) {
        bytes.add(one);
      }
      return new Run(
          paths, ledger, reconciliation, sorted("traces", SPAN), sorted("logs", RECORD), bytes);
    }

    private List<String> sorted(String file, Pattern item) throws IOException {
      return item.matcher(Files.readString(home.resolve(file)))
          .results()
          .map(MatchResult::group)
          .map(text -> text.replaceFirst("\"observedTimeUnixNano\":\"\\d+\",", ""))
          .sorted()
          .toList();
    }
  }

  private Path file() {
    return directory.resolve("recording.mpr");
  }

  private Run live() throws IOException {
    Outlet outlet = new Outlet("live", () -> START);
    MeshPathLine line =
        new MeshPathLine(TableSettings.of(2, SECOND), Followers.of(outlet.listeners), outlet.clock);
    try (Recorder recorder =
        new Recorder(file(), 1L << 30, new RecordingHeader(Map.of("netns", "own")), () -> {})) {
      tell(new FeedOfBoth(recorder, line), line);
    }
    return outlet.run(line.snapshot(START + 12 * SECOND), line.ledger(), line.reconciliation());
  }

  private Run replayed(String name, double speed) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    long[] now = {START};
    Outlet outlet = new Outlet(name, () -> now[0]);
    MeshPathReplay replay =
        new MeshPathReplay(
            RecordingReader.open(file()),
            new MeshPathReplay.Settings(TableSettings.of(2, SECOND), speed),
            Followers.of(outlet.listeners),
            outlet.clock,
            outlet::isCrowded,
            end::countDown);
    assertThat(replay.name()).isEqualTo("mesh_path");
    assertThat(replay.obstacle()).isEmpty();
    replay.start();
    end.await();
    replay.close();
    assertThat(replay.nowNs()).isEqualTo(START + 12 * SECOND);
    assertThat(replay.hooks()).containsExactly(new Hook("mesh_path_add_exit", "fentry", true));
    return outlet.run(replay.paths().get(), replay.ledger(), replay.reconciliation());
  }

  /** A walk, a discovery, a path that expires, a clock that steps, lost events, a dump. */
  private static void tell(Feed feed, MeshPathLine line) {
    feed.clock(OFFSET);
    feed.attached(
        START, List.of(HookLine.of(new Hook("mesh_path_add_exit", "fentry", true)), "no hook"));
    long now = START + SECOND;
    event(feed, Events.walk(MeshPathChange.WALK_BEGIN, 1, now, 0, 0, null));
    event(feed, Events.walk(MeshPathChange.WALK_END, 1, now + 1, 0, 0, null));
    event(feed, caused(now + 2, MeshPathChange.ADD, 0, PathCause.PREQ, preq(7)));
    event(
        feed, caused(now + 3, MeshPathChange.ASSIGN, START + 3 * SECOND, PathCause.PREQ, preq(7)));
    frame(feed, received(now + 4, preq(7)));
    feed.ledger(now + SECOND, new KernelLedger(5, 5, 0, 0, 0), 0);
    feed.clock(OFFSET - 3 * SECOND);
    event(
        feed,
        caused(now + SECOND, MeshPathChange.CHANGE, START + 4 * SECOND, PathCause.PREP, prep()));
    frame(feed, received(now + SECOND + 1, prep()));
    feed.time(line.dueNs() + 1); // as it was before the change: nothing expires
    assertThat(line.dueNs()).isEqualTo(START + 4 * SECOND + 20 * MS);
    feed.time(line.dueNs() + 1);
    MemorySegment garbage = MemorySegment.ofArray(new long[16]);
    feed.record(garbage, 8, 100);
    event(feed, Events.peerState(B, 1, 4));
    feed.ledger(START + 6 * SECOND, new KernelLedger(11, 9, 2, 1, 3), 1);
    row(feed, Events.walk(MeshPathChange.WALK_BEGIN, 2, START + 7 * SECOND, 0, 0, null));
    row(
        feed,
        Events.walk(
            MeshPathChange.WALK_PATH,
            2,
            START + 7 * SECOND,
            B,
            0,
            Events.state(B, 0, Events.USABLE)));
    row(feed, Events.walk(MeshPathChange.WALK_END, 2, START + 7 * SECOND, 0, 1, null));
    feed.time(START + 8 * SECOND); // the walk has settled
    feed.record(garbage, 8, 24);
    feed.row(garbage, 8, 100);
    feed.detached(START + 12 * SECOND, new KernelLedger(12, 10, 2, 1, 3));
  }

  private static FrameSnapshot preq(int originatorSn) {
    return Frames.preq(1, 1, 2, originatorSn, 0, 1);
  }

  private static FrameSnapshot prep() {
    return Frames.prep(0, 1, 1, 0, 7, 2, 9);
  }

  private static MeshPathEvent caused(
      long ktimeNs, MeshPathChange change, long expiryNs, PathCause kind, FrameSnapshot frame) {
    MeshPathState after = Events.state(B, expiryNs, Events.USABLE);
    return new MeshPathEvent(
        ktimeNs,
        0,
        Events.MESH0,
        A,
        0x99,
        change,
        0,
        0,
        before(change),
        after,
        new Cause(kind, 0, 0, ktimeNs - ktimeNs % MS, 0, 0, B, 0, frame));
  }

  private static @Nullable MeshPathState before(MeshPathChange change) {
    return switch (change) {
      case ADD -> null;
      case CHANGE -> Events.state(A, 0, Events.USABLE);
      default -> Events.state(0, 0, 0);
    };
  }

  private static MeshFrame received(long ktimeNs, FrameSnapshot frame) {
    long beganNs = ktimeNs - ktimeNs % MS;
    return new MeshFrame(
        ktimeNs,
        0,
        Events.MESH0,
        MeshFrame.Direction.RECEIVED,
        beganNs,
        0,
        0,
        frame,
        new Cause(PathCause.PREQ, 0, 0, beganNs, 0, 0, B, 0, FrameSnapshot.NONE));
  }

  private static void event(Feed feed, MeshPathEvent event) {
    feed.record(encoded(event), 0, MeshPathRecord.BYTES);
  }

  private static void row(Feed feed, MeshPathEvent event) {
    feed.row(encoded(event), 0, MeshPathRecord.BYTES);
  }

  private static MemorySegment encoded(MeshPathEvent event) {
    MemorySegment data = MemorySegment.ofArray(new long[MeshPathRecord.BYTES / Long.BYTES]);
    MeshPathRecord.encode(event, data, 0);
    return data;
  }

  private static void frame(Feed feed, MeshFrame frame) {
    MemorySegment data = MemorySegment.ofArray(new long[MeshFrameRecord.BYTES / Long.BYTES]);
    MeshFrameRecord.encode(frame, data, 0);
    feed.record(data, 0, MeshFrameRecord.BYTES);
  }

  @Test
  void replayGivesWhatTheRunGave() throws Exception {
    Run live = live();
    Run replayed = replayed("replayed", Double.POSITIVE_INFINITY);
    assertThat(live.paths()).hasSize(1);
    assertThat(live.paths().getFirst().events(MeshPathChange.EXPIRE)).isOne();
    assertThat(live.spans()).hasSizeGreaterThan(6);
    assertThat(live.logs()).hasSizeGreaterThan(4);
    assertThat(live.reconciliation().gaps()).isOne();
    assertThat(live.ledger().rejected()).isEqualTo(2);
    assertThat(replayed.paths()).usingRecursiveComparison().isEqualTo(live.paths());
    assertThat(replayed.ledger()).isEqualTo(live.ledger());
    assertThat(replayed.reconciliation()).isEqualTo(live.reconciliation());
    assertThat(replayed.spans()).isEqualTo(live.spans());
    assertThat(replayed.logs()).isEqualTo(live.logs());
    assertThat(replayed.capture()).isEqualTo(live.capture()).hasSizeGreaterThan(500);
  }

  @Test
  void spansHaveTheTimesOfTheRecording() throws Exception {
    live();
    assertThat(replayed("replayed", Double.POSITIVE_INFINITY).spans())
        .anyMatch(span -> span.contains("\"startTimeUnixNano\":\"1600005001000000002\""))
        .anyMatch(span -> span.contains("\"startTimeUnixNano\":\"1600004999000000000\""));
  }

  @Test
  void speedIsKept() throws Exception {
    live();
    long beganNs = System.nanoTime();
    replayed("replayed", 40);
    assertThat(System.nanoTime() - beganNs).isGreaterThan(12 * SECOND / 40);
  }

  @Test
  void replayThatIsStoppedEnds() throws Exception {
    live();
    CountDownLatch end = new CountDownLatch(1);
    MeshPathReplay replay = followedByNobody(1e-6, end);
    replay.start();
    replay.close();
    assertThat(end.getCount()).isOne();
    assertThat(replay.ledger()).isEqualTo(EventLedger.EMPTY);
  }

  @Test
  void cutRecordingIsReplayedAsFarAsItGoes() throws Exception {
    live();
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length * 2 / 3));
    CountDownLatch end = new CountDownLatch(1);
    MeshPathReplay replay = followedByNobody(Double.POSITIVE_INFINITY, end);
    replay.start();
    end.await();
    assertThat(replay.paths().get().getFirst().events(MeshPathChange.ADD)).isOne();
    replay.close();
  }

  private MeshPathReplay followedByNobody(double speed, CountDownLatch end) throws Exception {
    return new MeshPathReplay(
        RecordingReader.open(file()),
        new MeshPathReplay.Settings(TableSettings.of(2, SECOND), speed),
        Followers.NONE,
        new KernelClock(),
        () -> false,
        end::countDown);
  }

  @Test
  void gapOfTheRecordingIsCounted() {
    MeshPathLine line =
        new MeshPathLine(TableSettings.of(2, SECOND), Followers.NONE, new KernelClock());
    line.attached(START, List.of());
    line.dropped(7);
    assertThat(line.reconciliation().gaps()).isOne();
  }
}
