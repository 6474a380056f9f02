package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.Events.MESH0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.trace.Frames;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.telemetry.Scrapes;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeshFrameMetricsTest {
  private static final int CLOSE = 3;
  private final MeshFrameMetrics metrics = new MeshFrameMetrics(false);

  private void received(FrameSnapshot frame) {
    frame(MeshFrame.Direction.RECEIVED, frame, PathCause.UNKNOWN);
  }

  private void sent(FrameSnapshot frame, PathCause cause) {
    frame(MeshFrame.Direction.SENT, frame, cause);
  }

  private void frame(MeshFrame.Direction direction, FrameSnapshot frame, PathCause cause) {
    metrics.onFrame(new MeshFrame(1, 0, MESH0, direction, 1, 0, 0, frame, Cause.of(cause)));
  }

  private String[] series(String name) {
    return Scrapes.text(metrics)
        .lines()
        .filter(line -> line.startsWith(name) && !line.endsWith(" 0.0"))
        .toArray(String[]::new);
  }

  @Test
  void tellsOwnFromForwarded() {
    FrameSnapshot preq = Frames.preq(1, 0, 1, 7, 2, 9);
    received(preq);
    sent(preq, PathCause.DATA_TX);
    sent(preq, PathCause.TIMER);
    sent(preq, PathCause.PREQ);
    sent(Frames.prep(1, 2, 0, 1, 7, 2, 9), PathCause.PREQ); // the answer is its own
    sent(Frames.prep(1, 2, 0, 1, 7, 2, 9), PathCause.PREP);
    sent(Frames.rann(1, 1, 4), PathCause.RANN);
    assertThat(series("dot11s_hwmp_frames_total"))
        .containsExactly(
            "dot11s_hwmp_frames_total{device=\"mesh0\",direction=\"forward\",element=\"prep\"} 1.0",
            "dot11s_hwmp_frames_total{device=\"mesh0\",direction=\"forward\",element=\"preq\"} 1.0",
            "dot11s_hwmp_frames_total{device=\"mesh0\",direction=\"forward\",element=\"rann\"} 1.0",
            "dot11s_hwmp_frames_total{device=\"mesh0\",direction=\"rx\",element=\"preq\"} 1.0",
            "dot11s_hwmp_frames_total{device=\"mesh0\",direction=\"tx\",element=\"prep\"} 1.0",
            "dot11s_hwmp_frames_total{device=\"mesh0\",direction=\"tx\",element=\"preq\"} 2.0");
  }

  @Test
  void errorsCountByReason() {
    received(Frames.perr(1, 2, 3, 62));
    received(Frames.perr(1, 2, 3, 63));
    received(Frames.perr(1, 2, 3, 63));
    received(Frames.perr(1, 2, 3, 4711));
    sent(Frames.perr(1, 2, 3, 61), PathCause.TX_FAILURE);
    assertThat(series("dot11s_perr_destinations_total"))
        .containsExactly(
            "dot11s_perr_destinations_total{device=\"mesh0\",reason_code=\"62\"} 1.0",
            "dot11s_perr_destinations_total{device=\"mesh0\",reason_code=\"63\"} 2.0",
            "dot11s_perr_destinations_total{device=\"mesh0\",reason_code=\"other\"} 1.0");
  }

  @Test
  void requestsCountByTransmitterUpToALimit() {
    for (int station = 1; station <= 66; station++) {
      received(Frames.preq(station, 3, 200, 7, 2, 9));
    }
    received(Frames.preq(1, 3, 200, 8, 2, 10));
    assertThat(series("dot11s_hwmp_originator_preq_total"))
        .hasSize(65)
        .contains(
            "dot11s_hwmp_originator_preq_total{device=\"mesh0\",peer=\"02:00:00:00:01:00\"} 2.0",
            "dot11s_hwmp_originator_preq_total{device=\"mesh0\",peer=\"other\"} 2.0");
  }

  @Test
  void peeringFramesCountByAction() {
    FrameSnapshot close = peering(CLOSE);
    received(close);
    sent(close, PathCause.TIMER);
    sent(close, PathCause.TIMER);
    assertThat(series("dot11s_mpm_frames_total"))
        .containsExactly(
            "dot11s_mpm_frames_total{action=\"close\",device=\"mesh0\",direction=\"rx\"} 1.0",
            "dot11s_mpm_frames_total{action=\"close\",device=\"mesh0\",direction=\"tx\"} 2.0");
  }

  @Test
  void seriesOfTheMostSilentDeviceGo() {
    for (int i = 0; i < 70; i++) {
      for (MeshPathEvent.Device device : List.of(MESH0, Events.device(1, 100 + i, "new" + i))) {
        metrics.onFrame(
            new MeshFrame(
                1,
                0,
                device,
                MeshFrame.Direction.RECEIVED,
                1,
                0,
                0,
                Frames.preq(1, 0, 1, 7, 2, 9),
                Cause.of(PathCause.UNKNOWN)));
      }
    }
    assertThat(series("dot11s_hwmp_frames_total"))
        .hasSize(64)
        .contains(
            "dot11s_hwmp_frames_total{device=\"mesh0\",direction=\"rx\",element=\"preq\"} 70.0")
        .noneMatch(line -> line.contains("\"new6\""))
        .anyMatch(line -> line.contains("\"new7\""));
  }

  @Test
  void whatCannotBeReadCountsNothing() {
    received(FrameSnapshot.NONE);
    received(new FrameSnapshot(FrameSnapshot.Form.IEEE80211, 30, new byte[] {(byte) 0xd0}));
    assertThat(series("dot11s_hwmp_frames_total")).isEmpty();
  }

  private static FrameSnapshot peering(int action) {
    byte[] bytes =
        dev.meshpath.frame.Frames.peering(action).hex("7508 0000 0102 0304 3400").toArray();
    return new FrameSnapshot(FrameSnapshot.Form.IEEE80211, bytes.length, bytes);
  }
}
