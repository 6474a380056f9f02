package dev.meshpath.collector.meshpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.trace.Frames;
import dev.meshpath.config.LogFormat;
import dev.meshpath.config.LogLevel;
import dev.meshpath.disk.SmallDisk;
import dev.meshpath.failure.Failure;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.file.PcapngBlock;
import dev.meshpath.frame.file.Tshark;
import dev.meshpath.record.KernelClock;
import dev.meshpath.record.WorldClock;
import dev.meshpath.telemetry.Logging;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CauseCaptureTest {
  private static final FrameSnapshot PREQ = Frames.preq(2, 0, 2, 7, 0, 1);

  @TempDir private Path directory;

  private CauseCapture.Settings settings() {
    return new CauseCapture.Settings(
        directory.resolve("causes.pcapng"), 262_144, Duration.ofHours(1), false, "meshpath 1.2.3");
  }

  /** The files forget packets of 1970. */
  private static KernelClock clock() {
    KernelClock clock = new KernelClock();
    clock.set(new WorldClock().offsetNs());
    return clock;
  }

  private static void cause(CauseCapture capture, long beganNs) {
    capture.onEvent(CausingFramesTest.event(MeshPathChange.CHANGE, PREQ, PathCause.PREQ, beganNs));
    capture.onFrame(CausingFramesTest.received(PREQ, beganNs));
  }

  @Test
  void whatIsQueuedIsWrittenBeforeTheEnd() throws Exception {
    CauseCapture capture = new CauseCapture(settings(), clock(), System::nanoTime);
    long now = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      cause(capture, now + i);
    }
    capture.close();
    assertThat(capture.account().written()).isEqualTo(100);
    assertThat(capture.account().dropped()).isZero();
    assertThat(capture.account().bytes())
        .isBetween(100L, Files.size(directory.resolve("causes.pcapng")));
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    capture.copy(new CaptureSelection("change", "", 0, Long.MAX_VALUE), copy);
    assertThat(copy.toByteArray())
        .isEqualTo(Files.readAllBytes(directory.resolve("causes.pcapng")));
  }

  @Test
  void packetIsInTheFileWhileItRuns() throws Exception {
    Tshark.assume();
    try (CauseCapture capture = new CauseCapture(settings(), clock(), System::nanoTime)) {
      cause(capture, System.nanoTime());
      while (capture.account().written() == 0) {
        Thread.sleep(10);
      }
      Tshark.Answer answer =
          Tshark.read(
              directory.resolve("causes.pcapng"),
              "wlan.hwmp.orig_sn",
              "frame.packet_flags_direction",
              "_ws.malformed",
              "frame.comment");
      assertThat(answer.exitCode()).isZero();
      assertThat(answer.rows()).hasSize(1);
      assertThat(answer.rows().getFirst())
          .matches("7\t(1|0x0*1)\t\tchange 02:00:00:00:02:00, .*, by preq, trace [0-9a-f]{32}");
    }
  }

  @Test
  void fullQueueIsCountedAndNobodyWaits() {
    CauseCapture capture = new CauseCapture(settings(), clock(), System::nanoTime, 10);
    for (int i = 0; i < 8; i++) {
      cause(capture, 1_000 + i);
    }
    assertThat(capture.account()).isEqualTo(new CauseCapture.Account(0, 6, 0));
    capture.close();
    assertThat(capture.account().dropped()).isEqualTo(6);
    assertThat(capture.account().written()).isEqualTo(5);
  }

  /** On a file system of its own, which is full and then is not. */
  @Test
  void fullDiskIsCountedAndSaidOnceAndHeals() throws Exception {
    PrintStream standardError = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (SmallDisk disk = SmallDisk.over(directory);
        CauseCapture capture = new CauseCapture(settings(), clock(), System::nanoTime)) {
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      Logging.apply(LogLevel.WARN, LogFormat.TEXT);
      disk.fill(0);
      int written = untilRefused(capture);
      for (int i = 0; i < 50; i++) {
        cause(capture, System.nanoTime());
      }
      await(() -> capture.account().dropped() > 50);
      assertThat(capture.account().written()).isEqualTo(written);
      assertThat(log.toString(StandardCharsets.UTF_8).lines())
          .singleElement()
          .asString()
          .contains("captures cannot be written (", "No space left on device")
          .endsWith("they are counted as dropped");

      disk.empty();
      cause(capture, System.nanoTime());
      await(() -> capture.account().written() == written + 1);
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      capture.copy(new CaptureSelection("change", "", 0, Long.MAX_VALUE), copy);
      int packets = 0;
      ByteArrayInputStream in = new ByteArrayInputStream(copy.toByteArray());
      for (PcapngBlock block = PcapngBlock.read(in); block != null; block = PcapngBlock.read(in)) {
        packets += block.isPacket() ? 1 : 0;
      }
      assertThat(packets).isEqualTo(written + 1); // no half block stands between them
    } finally {
      System.setErr(standardError);
      Logging.apply(LogLevel.WARN, LogFormat.TEXT);
    }
  }

  /** Returns how many packets the disk took before. */
  private static int untilRefused(CauseCapture capture) throws InterruptedException {
    while (capture.account().dropped() == 0) {
      long before = capture.account().written();
      cause(capture, System.nanoTime());
      await(() -> capture.account().written() > before || capture.account().dropped() > 0);
    }
    return (int) capture.account().written();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  @Test
  void fileThatCannotBeIsOneSentence() throws Exception {
    Path file = directory.resolve("causes.pcapng");
    Files.writeString(file, "a letter");
    assertThatThrownBy(() -> new CauseCapture(settings(), clock(), System::nanoTime))
        .isInstanceOf(Failure.class)
        .hasMessage(
            file
                + " (or an older file beside it) is no capture of meshpath: move it away, or name"
                + " another with --capture.file.");
    assertThat(file).hasContent("a letter");
    CauseCapture.Settings nowhere =
        new CauseCapture.Settings(
            directory.resolve("no/where"), 262_144, Duration.ofHours(1), false, "meshpath 1");
    assertThatThrownBy(() -> new CauseCapture(nowhere, clock(), System::nanoTime))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("cannot write captures to ");
  }
}
