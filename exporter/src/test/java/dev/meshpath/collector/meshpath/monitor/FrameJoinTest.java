package dev.meshpath.collector.meshpath.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathListener;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.monitor.Heard.Fate;
import dev.meshpath.collector.meshpath.monitor.Heard.Kind;
import dev.meshpath.collector.meshpath.trace.Frames;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.file.AirFrame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameJoinTest {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int RETRY = 0x08;
  private static final int PROTECTED = 0x40;

  private final List<String> seen = new ArrayList<>();
  private final List<MeshFrame> frames = new ArrayList<>();
  private final FrameJoin join =
      new FrameJoin(
          new MeshPathListener() {
            @Override
            public void onEvent(MeshPathEvent event) {
              seen.add(event.change().eventWord());
            }

            @Override
            public void onFrame(MeshFrame frame) {
              OptionalInt dbm = frame.frame().reception().signalDbm();
              seen.add(dbm.isPresent() ? dbm.getAsInt() + " dBm" : "unheard");
              frames.add(frame);
            }
          },
          SECOND);

  @Test
  void frameThatWasHeardFirstHasItsSignalAtOnce() {
    join.onHeard(air(preq(1), 7, -40), 0);
    join.onFrame(received(preq(1), 7, 500), MS);
    assertThat(seen).containsExactly("-40 dBm");
    assertThat(frames.getFirst().frame().reception().mhz()).isEqualTo(OptionalInt.of(2412));
    assertThat(frames.getFirst().frame().reception().rateKbps()).isEqualTo(OptionalInt.of(1000));
    assertThat(join.records(true)).isEqualTo(1);
  }

  @Test
  void whatHappenedWaitsInItsOrderUntilTheFrameIsHeard() {
    join.onEvent(event(400), 0);
    join.onFrame(received(preq(1), 7, 500), 0);
    join.onEvent(event(600), 0);
    join.onFrame(received(preq(2), 8, 700), 0);
    assertThat(seen).containsExactly("assign");
    join.onHeard(air(preq(2), 8, -50), MS);
    assertThat(seen).containsExactly("assign");
    join.onHeard(air(preq(1), 7, -40), 2 * MS);
    assertThat(seen).containsExactly("assign", "-40 dBm", "assign", "-50 dBm");
  }

  @Test
  void frameThatNobodyHeardIsUnmatchedAfterTheWindow() {
    join.onFrame(received(preq(1), 7, 500), 0);
    join.onEvent(event(600), SECOND / 2);
    join.advance(SECOND - 1);
    assertThat(seen).isEmpty();
    join.advance(SECOND);
    assertThat(seen).containsExactly("unheard", "assign");
    assertThat(join.records(false)).isEqualTo(1);
  }

  @Test
  void whatIsHeardTooLateIsOfNoUse() {
    join.onFrame(received(preq(1), 7, 500), 0);
    join.onHeard(air(preq(1), 7, -40), SECOND);
    join.advance(SECOND);
    assertThat(seen).containsExactly("-40 dBm"); // nobody had asked yet
    join.onFrame(received(preq(2), 8, 600), 2 * SECOND);
    join.advance(3 * SECOND);
    join.onHeard(air(preq(2), 8, -40), 3 * SECOND);
    join.advance(4 * SECOND);
    assertThat(seen).containsExactly("-40 dBm", "unheard");
    assertThat(join.count(Kind.PREQ, Fate.UNHANDLED)).isEqualTo(1);
    assertThat(join.records(false)).isEqualTo(1);
  }

  @Test
  void heardFrameIsForgottenAfterTheWindow() {
    join.onHeard(air(preq(1), 7, -40), 0);
    join.onFrame(received(preq(1), 7, 500), SECOND);
    join.advance(2 * SECOND);
    assertThat(seen).containsExactly("-40 dBm"); // it was there until somebody looked
    join.onHeard(air(preq(2), 8, -40), 2 * SECOND);
    join.advance(3 * SECOND);
    join.onFrame(received(preq(2), 8, 600), 3 * SECOND);
    join.advance(4 * SECOND);
    assertThat(seen).containsExactly("-40 dBm", "unheard");
  }

  @Test
  void retryIsTheSameFrame() {
    join.onHeard(air(preq(1), 7, -40), 0);
    join.onHeard(air(with(preq(1), RETRY), 7, -60), MS);
    join.onFrame(received(with(preq(1), RETRY), 7, 500), 2 * MS);
    join.onHeard(air(with(preq(1), RETRY), 7, -60), 3 * MS);
    join.advance(SECOND);
    assertThat(seen).containsExactly("-40 dBm");
    assertThat(join.count(Kind.PREQ, Fate.REPEATED)).isEqualTo(2);
    assertThat(join.count(Kind.PREQ, Fate.NO_EVENT)).isEqualTo(1);
  }

  @Test
  void numbersThatComeRoundAreOtherFrames() {
    join.onHeard(air(preq(1), 7, -40), 0);
    join.onFrame(received(preq(1), 7, 500), 0);
    // 4,096 frames later, within the window
    join.onHeard(air(preq(2), 7, -50), MS);
    join.onFrame(received(preq(2), 7, 600), MS);
    // and once more, the kernel first
    join.onFrame(received(preq(3), 7, 700), 2 * MS);
    join.onHeard(air(preq(3), 7, -60), 2 * MS);
    assertThat(seen).containsExactly("-40 dBm", "-50 dBm", "-60 dBm");
    join.advance(2 * SECOND);
    assertThat(join.count(Kind.PREQ, Fate.NO_EVENT)).isEqualTo(3);
  }

  @Test
  void anotherBodyIsAnotherFrame() {
    join.onHeard(air(preq(1), 7, -40), 0);
    join.onFrame(received(preq(2), 7, 500), 0);
    join.advance(SECOND);
    assertThat(seen).containsExactly("unheard");
    assertThat(join.count(Kind.PREQ, Fate.UNHANDLED)).isEqualTo(1);
  }

  @Test
  void frameOfWhichTheKernelKeptLessIsComparedAsFarAsItGoes() {
    FrameSnapshot cut =
        new FrameSnapshot(
            FrameSnapshot.Form.IEEE80211,
            preq(1).length(),
            Arrays.copyOf(numbered(preq(1), 7), 40));
    join.onHeard(air(preq(1), 7, -40), 0);
    join.onFrame(frame(cut, MeshFrame.Direction.RECEIVED, 500, Events.MESH0), 0);
    FrameSnapshot shorter =
        new FrameSnapshot(FrameSnapshot.Form.IEEE80211, preq(1).length(), new byte[10]);
    join.onFrame(frame(shorter, MeshFrame.Direction.RECEIVED, 600, Events.MESH0), 0);
    assertThat(seen).containsExactly("-40 dBm", "unheard");
  }

  @Test
  void encryptedFrameIsKnownByItsHeader() {
    byte[] air = numbered(with(preq(1), PROTECTED), 7);
    for (int i = 24; i < air.length; i++) {
      air[i] ^= 0x55;
    }
    join.onFrame(received(with(preq(1), PROTECTED), 7, 500), 0);
    join.onHeard(heard(air, -40), 0);
    join.advance(SECOND);
    assertThat(seen).containsExactly("-40 dBm");
    assertThat(join.count(Kind.PROTECTED, Fate.NO_EVENT)).isEqualTo(1);
  }

  @Test
  void twoDevicesOfThisNodeReceiveOneFrame() {
    join.onFrame(
        frame(
            snapshot(preq(1), 7), MeshFrame.Direction.RECEIVED, 500, Events.device(1, 8, "mesh1")),
        0);
    join.onEvent(event(600), 0);
    join.onFrame(received(preq(1), 7, 600), 0);
    join.onHeard(air(preq(1), 7, -40), MS);
    join.advance(SECOND + MS);
    assertThat(seen).containsExactly("-40 dBm", "assign", "-40 dBm");
    assertThat(join.records(true)).isEqualTo(2);
    assertThat(join.count(Kind.PREQ, Fate.EVENT)).isEqualTo(1);
  }

  @Test
  void whatWasHeardIsCountedByWhatBecameOfIt() {
    join.onEvent(event(500), 0);
    join.onFrame(received(preq(1), 7, 500), 0);
    join.onHeard(air(preq(1), 7, -40), 0);
    join.onFrame(received(preq(2), 8, 600), 0);
    join.onHeard(air(preq(2), 8, -40), 0);
    join.onHeard(air(preq(3), 9, -40), 0);
    join.onHeard(air(Frames.prep(3, 1, 0, 3, 1, 0, 1), 10, -40), 0);
    join.onHeard(air(Frames.prep(0, 1, 0, 3, 1, 0, 1), 11, -40), 0);
    join.onHeard(air(Frames.preq(0, 0, 0, 1, 2, 1), 12, -40), 0);
    join.end();
    assertThat(join.count(Kind.PREQ, Fate.EVENT)).isEqualTo(1);
    assertThat(join.count(Kind.PREQ, Fate.NO_EVENT)).isEqualTo(1);
    assertThat(join.count(Kind.PREQ, Fate.UNHANDLED)).isEqualTo(1);
    assertThat(join.count(Kind.PREP, Fate.OVERHEARD)).isEqualTo(1);
    assertThat(join.count(Kind.PREP, Fate.UNHANDLED)).isEqualTo(1);
    assertThat(join.count(Kind.PREQ, Fate.OWN)).isEqualTo(1);
  }

  @Test
  void sentFramesDoNotWait() {
    join.onFrame(
        frame(
            snapshot(Frames.preq(0, 0, 0, 1, 2, 1), 0), MeshFrame.Direction.SENT, 1, Events.MESH0),
        0);
    assertThat(seen).containsExactly("unheard");
    assertThat(join.records(false)).isZero();
  }

  @Test
  void nothingElseIsHeard() {
    byte[] beacon = numbered(preq(1), 7);
    beacon[0] = (byte) 0x80;
    join.onHeard(heard(beacon, -40), 0);
    byte[] otherAction = numbered(preq(1), 8);
    otherAction[24] = 4;
    join.onHeard(heard(otherAction, -40), 0);
    join.onHeard(heard(new byte[10], -40), 0);
    join.end();
    for (Kind kind : Kind.values()) {
      for (Fate fate : Fate.values()) {
        assertThat(join.count(kind, fate)).isZero();
      }
    }
  }

  /** A storm that nobody hears, and one that the kernel does not see: what is kept is bounded. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oldestGoesWhenThereAreTooMany(boolean kernel) {
    int storm = 3 * FrameJoin.LIMIT;
    for (int i = 0; i < storm; i++) {
      if (kernel) {
        join.onFrame(received(preq(i), i, i + 1), 0);
      } else {
        join.onHeard(air(preq(i), i, -40), 0);
      }
    }
    long gone = kernel ? join.records(false) : join.count(Kind.PREQ, Fate.UNHANDLED);
    assertThat(gone).isEqualTo(storm - FrameJoin.LIMIT);
    join.end();
    assertThat(kernel ? join.records(false) : join.count(Kind.PREQ, Fate.UNHANDLED))
        .isEqualTo(storm);
  }

  @Test
  void endHandsOnAll() {
    join.onFrame(received(preq(1), 7, 500), 0);
    join.onEvent(event(600), 0);
    join.end();
    assertThat(seen).containsExactly("unheard", "assign");
  }

  /** Of station 1, each another one. */
  private static FrameSnapshot preq(int n) {
    return Frames.preq(1, 0, 1, n, 2, n);
  }

  private static FrameSnapshot with(FrameSnapshot frame, int bit) {
    byte[] bytes = frame.bytes().clone();
    bytes[1] |= (byte) bit;
    return new FrameSnapshot(frame.form(), frame.length(), bytes);
  }

  private static byte[] numbered(FrameSnapshot frame, int sequenceNumber) {
    byte[] bytes = frame.bytes().clone();
    bytes[22] = (byte) (sequenceNumber << 4);
    bytes[23] = (byte) (sequenceNumber >> 4);
    return bytes;
  }

  private static FrameSnapshot snapshot(FrameSnapshot frame, int sequenceNumber) {
    return new FrameSnapshot(frame.form(), frame.length(), numbered(frame, sequenceNumber));
  }

  private static AirFrame air(FrameSnapshot frame, int sequenceNumber, int signalDbm) {
    return heard(numbered(frame, sequenceNumber), signalDbm);
  }

  private static AirFrame heard(byte[] frame, int signalDbm) {
    // flags, rate 1 Mbit/s, channel 1, signal
    String radiotap = String.format("00000f002e00000000026c09c000%02x", signalDbm & 0xff);
    byte[] bytes = HexFormat.of().parseHex(radiotap + HexFormat.of().formatHex(frame));
    return Objects.requireNonNull(AirFrame.of(1, Instant.EPOCH, 127, bytes, bytes.length));
  }

  private static MeshFrame received(FrameSnapshot frame, int sequenceNumber, long beganNs) {
    return frame(
        snapshot(frame, sequenceNumber), MeshFrame.Direction.RECEIVED, beganNs, Events.MESH0);
  }

  private static MeshFrame frame(
      FrameSnapshot frame,
      MeshFrame.Direction direction,
      long beganNs,
      MeshPathEvent.Device device) {
    return new MeshFrame(
        beganNs + 1, 0, device, direction, beganNs, 0, 0, frame, Cause.of(PathCause.PREQ));
  }

  private static MeshPathEvent event(long beganNs) {
    return new MeshPathEvent(
        beganNs,
        0,
        Events.MESH0,
        Events.station(2),
        1,
        MeshPathChange.ASSIGN,
        0,
        0,
        null,
        null,
        new Cause(PathCause.PREQ, 0, 0, beganNs, 0, 0, Events.station(1), 0, preq(1)));
  }
}
