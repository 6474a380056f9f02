package dev.meshpath.collector.meshpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.trace.Frames;
import dev.meshpath.failure.Failure;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.file.Tshark;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  private static void cause(CauseCapture capture, long beganNs) {
    capture.onEvent(CausingFramesTest.event(MeshPathChange.CHANGE, PREQ, PathCause.PREQ, beganNs));
    capture.onFrame(CausingFramesTest.received(PREQ, beganNs));
  }

  @Test
  void whatIsQueuedIsWrittenBeforeTheEnd() throws Exception {
    CauseCapture capture = new CauseCapture(settings());
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
    try (CauseCapture capture = new CauseCapture(settings())) {
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
    CauseCapture capture = new CauseCapture(settings(), 10);
    for (int i = 0; i < 8; i++) {
      cause(capture, 1_000 + i);
    }
    assertThat(capture.account()).isEqualTo(new CauseCapture.Account(0, 6, 0));
    capture.close();
    assertThat(capture.account().dropped()).isEqualTo(6);
    assertThat(capture.account().written()).isEqualTo(5);
  }

  @Test
  void fileThatCannotBeIsOneSentence() throws Exception {
    Path file = directory.resolve("causes.pcapng");
    Files.writeString(file, "a letter");
    assertThatThrownBy(() -> new CauseCapture(settings()))
        .isInstanceOf(Failure.class)
        .hasMessage(
            file
                + " (or an older file beside it) is no capture of meshpath: move it away, or name"
                + " another with --capture.file.");
    assertThat(file).hasContent("a letter");
    CauseCapture.Settings nowhere =
        new CauseCapture.Settings(
            directory.resolve("no/where"), 262_144, Duration.ofHours(1), false, "meshpath 1");
    assertThatThrownBy(() -> new CauseCapture(nowhere))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("cannot write captures to ");
  }
}
