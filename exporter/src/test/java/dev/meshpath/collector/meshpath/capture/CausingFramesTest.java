package dev.meshpath.collector.meshpath.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.identity.HwmpIds;
import dev.meshpath.collector.meshpath.trace.Frames;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.file.PcapngWriter.Captured;
import dev.meshpath.frame.file.PcapngWriter.Direction;
import dev.meshpath.frame.file.PcapngWriter.LinkType;
import dev.meshpath.net.MacAddress;
import dev.meshpath.record.KernelClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CausingFramesTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Longer than what an event has of it. */
  private static final FrameSnapshot PREQ = longer(Frames.preq(2, 0, 2, 7, 0, 1));

  private static final FrameSnapshot ARP =
      new FrameSnapshot(FrameSnapshot.Form.ETHERNET, 42, new byte[42]);

  private final HwmpIds ids = new HwmpIds();
  private final List<Captured> packets = new ArrayList<>();
  private final CausingFrames frames = frames(false);

  private CausingFrames frames(boolean all) {
    return new CausingFrames(all, new KernelClock(), packets::add);
  }

  private String preqTrace() {
    return ids.traceOfDiscovery(Events.MESH0.meshId(), Frames.station(2), 7, Frames.station(0));
  }

  @Test
  void frameIsOnePacketWithAllItsEvents() {
    frames.onEvent(event(MeshPathChange.ADD, cut(PREQ), PathCause.PREQ, 500), 0);
    frames.onEvent(event(MeshPathChange.ASSIGN, cut(PREQ), PathCause.PREQ, 500), 0);
    frames.onEvent(event(MeshPathChange.ASSIGN, cut(PREQ), PathCause.PREQ, 900), 0);
    assertThat(packets).isEmpty();
    frames.onFrame(received(PREQ, 500));
    assertThat(packets).hasSize(1);
    Captured packet = packets.getFirst();
    assertThat(packet.bytes()).isEqualTo(PREQ.bytes());
    assertThat(packet.length()).isEqualTo(PREQ.length());
    assertThat(packet.direction()).isEqualTo(Direction.INBOUND);
    assertThat(packet.device().name()).isEqualTo("mesh0");
    assertThat(packet.device().description()).isEqualTo("mesh meshpath, network namespace 1");
    assertThat(packet.device().linkType()).isEqualTo(LinkType.IEEE80211);
    assertThat(packet.epochNs()).isEqualTo(500);
    assertThat(packet.comments())
        .containsExactly(
            "add 02:00:00:00:02:00, next hop 02:00:00:00:01:00, by preq, trace " + preqTrace(),
            "assign 02:00:00:00:02:00, next hop 02:00:00:00:01:00, by preq, trace " + preqTrace());
  }

  @Test
  void frameThatCausedNothingIsNoPacket() {
    frames.onFrame(received(PREQ, 500));
    frames.onFrame(sent(PREQ, 1, 0xa));
    frames.onEvent(event(MeshPathChange.EXPIRE, FrameSnapshot.NONE, PathCause.TIMER, 0), 0);
    frames.onEvent(Events.walk(MeshPathChange.WALK_PATH, 1, 1, Events.station(2), 0, null), 0);
    frames.end();
    assertThat(packets).isEmpty();
  }

  @Test
  void allFramesArePacketsOnDemand() {
    CausingFrames all = frames(true);
    all.onFrame(received(PREQ, 500));
    all.onFrame(sent(PREQ, 1, 0xa));
    assertThat(packets)
        .extracting(Captured::comments)
        .containsExactly(
            List.of("received trace " + preqTrace()), List.of("sent trace " + preqTrace()));
    assertThat(packets)
        .extracting(Captured::direction)
        .containsExactly(Direction.INBOUND, Direction.OUTBOUND);
  }

  @Test
  void whatLostItsRecordIsWrittenFromItsEvent() {
    frames.onEvent(event(MeshPathChange.ASSIGN, cut(PREQ), PathCause.PREQ, 500), 10);
    frames.expire(10 + SECOND - 1);
    assertThat(packets).isEmpty();
    frames.expire(10 + SECOND);
    assertThat(packets).hasSize(1);
    assertThat(packets.getFirst().bytes()).isEqualTo(cut(PREQ).bytes());
    assertThat(packets.getFirst().length()).isEqualTo(PREQ.length());
    assertThat(packets.getFirst().comments().getFirst()).endsWith("trace " + preqTrace());
  }

  @Test
  void dataFrameHasTheTraceOfTheDiscoveryThatItCaused() {
    frames.onEvent(event(MeshPathChange.ADD, ARP, PathCause.DATA_TX, 500), 0);
    frames.onEvent(event(MeshPathChange.DISCOVERY_QUEUED, ARP, PathCause.DATA_TX, 500), 0);
    frames.onFrame(sent(PREQ, 1, 0xa));
    frames.onEvent(event(MeshPathChange.DISCOVERY_STARTED, ARP, PathCause.DATA_TX, 500), 0);
    frames.end();
    assertThat(packets).hasSize(1);
    Captured packet = packets.getFirst();
    assertThat(packet.direction()).isEqualTo(Direction.OUTBOUND);
    assertThat(packet.device().linkType()).isEqualTo(LinkType.ETHERNET);
    assertThat(packet.comments())
        .hasSize(3)
        .allMatch(comment -> comment.endsWith(", trace " + preqTrace()));
  }

  @Test
  void dataFrameWhoseDiscoveryNeverWasHasItsOwnTrace() {
    String alone = ids.traceOfCause(Events.MESH0.meshId(), Events.MESH0.address(), "data_tx", 500);
    frames.onEvent(event(MeshPathChange.ADD, ARP, PathCause.DATA_TX, 500), 0);
    frames.expire(SECOND);
    frames.onEvent(event(MeshPathChange.ADD, ARP, PathCause.DATA_TX, 500), 0);
    frames.onEvent(event(MeshPathChange.DELETE, FrameSnapshot.NONE, PathCause.TIMER, 0), 0);
    frames.onFrame(sent(PREQ, 1, 0xa));
    frames.end();
    assertThat(packets)
        .hasSize(2)
        .allMatch(packet -> packet.comments().getFirst().endsWith("trace " + alone));
  }

  @Test
  void heldFramesAreBounded() {
    for (int i = 1; i <= 1025; i++) {
      frames.onEvent(event(MeshPathChange.ASSIGN, cut(PREQ), PathCause.PREQ, i), 0);
    }
    assertThat(packets).hasSize(1);
    frames.end();
    assertThat(packets).hasSize(1025);
  }

  private static FrameSnapshot longer(FrameSnapshot frame) {
    return new FrameSnapshot(frame.form(), 120, Arrays.copyOf(frame.bytes(), 120));
  }

  private static FrameSnapshot cut(FrameSnapshot frame) {
    byte[] first = Arrays.copyOf(frame.bytes(), 96);
    return new FrameSnapshot(frame.form(), frame.length(), first);
  }

  static MeshPathEvent event(
      MeshPathChange change, FrameSnapshot frame, PathCause kind, long beganNs) {
    return new MeshPathEvent(
        beganNs + 10,
        0,
        Events.MESH0,
        Events.station(2),
        0xa,
        change,
        0,
        0,
        null,
        Events.state(Events.station(1), 0, Events.USABLE),
        new Cause(kind, 0, 0, beganNs, 0, 0, MacAddress.NONE, 0, frame));
  }

  static MeshFrame received(FrameSnapshot frame, long beganNs) {
    return new MeshFrame(
        beganNs + 100,
        0,
        Events.MESH0,
        MeshFrame.Direction.RECEIVED,
        beganNs,
        0,
        0,
        frame,
        Cause.of(PathCause.PREQ));
  }

  private static MeshFrame sent(FrameSnapshot frame, int attempt, long meshPath) {
    return new MeshFrame(
        700,
        0,
        Events.MESH0,
        MeshFrame.Direction.SENT,
        700,
        meshPath,
        attempt,
        frame,
        Cause.of(PathCause.DATA_TX));
  }
}
