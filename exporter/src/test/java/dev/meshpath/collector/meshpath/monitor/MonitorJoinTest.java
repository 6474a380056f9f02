package dev.meshpath.collector.meshpath.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathListener;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.monitor.Heard.Fate;
import dev.meshpath.collector.meshpath.monitor.Heard.Kind;
import dev.meshpath.frame.FrameHeader;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.file.AirFrame;
import dev.meshpath.frame.file.CaptureException;
import dev.meshpath.frame.file.CaptureFile;
import dev.meshpath.telemetry.Scrapes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The air of the lab, heard by a station whose kernel handles what is for it. */
class MonitorJoinTest {
  private static final Path LAB = Path.of("src/test/resources/captures/lab.pcap");
  private static final long GROUP = 0x0100_0000_0000L;

  /** Station 0. */
  private static final MeshPathEvent.Device DEVICE = Events.MESH0;

  private final List<MeshFrame> frames = new ArrayList<>();
  private final List<MeshPathListener> outlets =
      List.of(
          new MeshPathListener() {
            @Override
            public void onEvent(MeshPathEvent event) {}

            @Override
            public void onFrame(MeshFrame frame) {
              frames.add(frame);
            }
          });

  @Test
  void eachFrameOfTheLabThatIsForTheStationIsHeard() throws IOException, CaptureException {
    MonitorJoin join = new MonitorJoin(outlets, Duration.ofSeconds(1), 10_000);
    int handled = 0;
    int others = 0;
    for (AirFrame air : lab()) {
      FrameHeader header = air.frame().header();
      boolean ours = header.receiver() == DEVICE.address() || (header.receiver() & GROUP) != 0;
      if (header.transmitter() == DEVICE.address()) {
        join.onHeard(air);
        others++;
      } else if (!ours) {
        join.onHeard(air);
        others++;
      } else if (handled++ % 2 == 0) { // now the one is first, now the other
        join.onHeard(air);
        join.onFrame(handled(air, handled));
      } else {
        join.onFrame(handled(air, handled));
        join.onHeard(air);
      }
    }
    join.close();
    assertThat(handled).isGreaterThan(50);
    assertThat(others).isGreaterThan(50);
    assertThat(join.join().records(true)).isEqualTo(handled);
    assertThat(join.join().records(false)).isZero();
    assertThat(frames).hasSize(handled);
    assertThat(frames)
        .allSatisfy(frame -> assertThat(frame.frame().reception().radiotap()).isNotEmpty());
    assertThat(sum(join, Fate.NO_EVENT) + sum(join, Fate.REPEATED) + sum(join, Fate.OWN))
        .isPositive();
    assertThat(sum(join, Fate.UNHANDLED)).isZero();
    assertThat(join.dropped()).isZero();
  }

  @Test
  void whatFindsTheQueueFullIsCounted() {
    MonitorJoin join = new MonitorJoin(outlets, Duration.ofSeconds(1), 2);
    for (int i = 0; i < 5; i++) {
      join.onEvent(Events.add(DEVICE, Events.station(1), i));
    }
    assertThat(join.dropped()).isEqualTo(3);
    assertThat(
            Scrapes.text(new MonitorMetrics(join, () -> true, () -> 4, () -> 5)).lines().toList())
        .contains(
            "meshpath_monitor_up 1.0",
            "meshpath_monitor_dropped_total{reason=\"interface\"} 5.0",
            "meshpath_monitor_dropped_total{reason=\"kernel\"} 4.0",
            "meshpath_monitor_dropped_total{reason=\"queue\"} 3.0");
    join.close();
  }

  /** All of lab.pcap that is of path selection or peering, once. */
  private static List<AirFrame> lab() throws IOException, CaptureException {
    List<AirFrame> frames = new ArrayList<>();
    try (CaptureFile file = CaptureFile.open(LAB)) {
      for (AirFrame frame = file.next(); frame != null; frame = file.next()) {
        if (!frame.frame().elements().isEmpty()) {
          frames.add(frame);
        }
      }
    }
    return frames;
  }

  private static MeshFrame handled(AirFrame air, int n) {
    byte[] bytes = Arrays.copyOfRange(air.bytes(), air.offset(), air.bytes().length);
    return new MeshFrame(
        n,
        0,
        DEVICE,
        MeshFrame.Direction.RECEIVED,
        n,
        0,
        0,
        new FrameSnapshot(FrameSnapshot.Form.IEEE80211, bytes.length, bytes),
        Cause.of(PathCause.PREQ));
  }

  private static long sum(MonitorJoin join, Fate fate) {
    return Arrays.stream(Kind.values()).mapToLong(kind -> join.join().count(kind, fate)).sum();
  }
}
