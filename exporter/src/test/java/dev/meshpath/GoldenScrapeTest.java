package dev.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.collector.Reconciliation;
import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.ChurnMetrics;
import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.FrameCountMetrics;
import dev.meshpath.collector.meshpath.FrameCounts;
import dev.meshpath.collector.meshpath.KernelChangeMetrics;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshFrameMetrics;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathMetrics;
import dev.meshpath.collector.meshpath.MeshPathState;
import dev.meshpath.collector.meshpath.MeshPathTable;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.TableSettings;
import dev.meshpath.collector.meshpath.capture.CaptureMetrics;
import dev.meshpath.collector.meshpath.capture.CauseCapture;
import dev.meshpath.collector.meshpath.monitor.MonitorJoin;
import dev.meshpath.collector.meshpath.monitor.MonitorMetrics;
import dev.meshpath.collector.meshpath.trace.Frames;
import dev.meshpath.collector.peerlink.PeerLinkCollector;
import dev.meshpath.collector.peerlink.PeerLinkMetrics;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.http.StreamMetrics;
import dev.meshpath.nl80211.FakeKernel;
import dev.meshpath.record.file.Recorder;
import dev.meshpath.record.file.RecordingMetrics;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.CollectorScrape;
import dev.meshpath.telemetry.FakeCollector;
import dev.meshpath.telemetry.Scrapes;
import dev.meshpath.telemetry.SelfMetrics;
import dev.meshpath.telemetry.otlp.OtlpExport;
import dev.meshpath.telemetry.otlp.OtlpMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * All of /metrics but the series of the process, as one text to read and to compare. {@code
 * -Dgolden.update=true} writes it anew.
 */
class GoldenScrapeTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/scrape.txt");
  private static final int LIMIT = 2;

  @Test
  void scrapeIsTheGoldenOne() throws IOException {
    String scrape = scrape();
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, scrape);
    }
    assertThat(scrape).isEqualTo(Files.readString(GOLDEN));
  }

  private static String scrape() {
    FakeCollector meshPath =
        new FakeCollector(
            "mesh_path",
            new EventLedger(48, 47, 1, 47, 46, 1, 46, 0, 2, 296, 8388608),
            List.of(
                new Hook("mesh_path_add_exit", "fentry", true),
                new Hook("mesh_path_assign_nexthop_entry", "kprobe", true),
                new Hook("mesh_path_tx_pending_entry", "none", false),
                new Hook("rdev_leave_mesh", "tracepoint", true)),
            Map.of("mesh_path_add_exit", 3L, "mesh_path_assign_nexthop_entry", 0L),
            new Reconciliation(
                Map.of("next_hop", 0L, "metric", 0L, "sn", 1L, "hop_count", 0L, "flags", 0L),
                Map.of("add", 2L, "delete", 1L),
                Map.of("loss", 1L, "program_missed", 2L),
                1,
                0));
    PeerLinkCollector peerLink = new PeerLinkCollector(new FakeKernel().devices().peers());
    peerLink.start();
    ChurnMetrics churn = new ChurnMetrics(false, null);
    MeshFrameMetrics frames = new MeshFrameMetrics(false);
    MeshPathTable table = table(churn);
    frames(frames);
    long[] now = {0};
    CollectorScrape collectors =
        new CollectorScrape(
            List.of(
                new CollectorScrape.Part(
                    meshPath.name(),
                    () -> true,
                    new MeshPathMetrics(
                        () -> table.snapshot(0),
                        List.of(
                            churn, frames, new FrameCountMetrics(GoldenScrapeTest::counts, false)),
                        false,
                        LIMIT)),
                new CollectorScrape.Part(
                    peerLink.name(),
                    () -> true,
                    new PeerLinkMetrics(
                        peerLink.devices(),
                        OptionalInt.empty(),
                        LIMIT,
                        ifindex -> ifindex == 7 ? "627fd3d0" : "")),
                new CollectorScrape.Part(
                    "kernel_changes",
                    () -> true,
                    new KernelChangeMetrics(
                        new FakeKernel().devices().paths(), OptionalInt.empty(), LIMIT))),
            () -> now[0] += 1_000_000);
    return Scrapes.text(
            new SelfMetrics(new BuildInfo("0.1.0", "1a2b3c4"), "1.1", List.of(meshPath, peerLink)),
            collectors,
            new OtlpMetrics(
                () ->
                    List.of(
                        new OtlpExport.Account("otlp", "spans", 40, 2, 1, 3),
                        new OtlpExport.Account("otlp", "logs", 12, 0, 0, 0),
                        new OtlpExport.Account("otlp", "metric_points", 840, 120, 0, 0)),
                () -> 30),
            new CaptureMetrics("mesh_path", () -> new CauseCapture.Account(14, 1, 4_312)),
            new RecordingMetrics(() -> new Recorder.Account(61, 2, 5_120)),
            new StreamMetrics(() -> 2, () -> 7),
            new MonitorMetrics(
                new MonitorJoin(List.of(), Duration.ofSeconds(1)), () -> true, () -> 2, () -> 1))
        .replace("java=\"" + Runtime.version() + "\"", "java=\"25.0.3+9-LTS\"");
  }

  /**
   * A path that moves, one that is gone, one that found no room; a root that is a gate, too, whose
   * path expires; discoveries, proxies, ignored elements, peer links; and a second device.
   */
  private static MeshPathTable table(ChurnMetrics churn) {
    MeshPathTable table =
        new MeshPathTable(TableSettings.of(LIMIT, Long.MAX_VALUE), event -> {}, churn::measures);
    MeshPathEvent.Device mesh0 = Events.MESH0;
    long one = Events.station(1);
    long two = Events.station(2);
    long three = Events.station(3);
    table.apply(Events.add(mesh0, two, 1));
    table.apply(Events.nextHop(mesh0, two, 2, MeshPathChange.ASSIGN, two, 8193, 1));
    table.apply(Events.nextHop(mesh0, two, 3, MeshPathChange.REASSIGN, two, 8194, 1));
    table.apply(Events.nextHop(mesh0, two, 4, MeshPathChange.CHANGE, one, 16386, 2));
    table.apply(Events.add(mesh0, one, 5));
    table.apply(Events.add(mesh0, three, 6));
    table.apply(Events.nextHop(mesh0, three, 7, MeshPathChange.CHANGE, one, 8193, 2));
    table.apply(Events.delete(mesh0, one, 8));
    table.apply(Events.refusal(mesh0, Events.station(4), -28));
    discoveries(table, mesh0, two);
    neighbours(table, mesh0);
    MeshPathEvent.Device mesh1 = Events.device(1, 8, "mesh1");
    table.apply(Events.add(mesh1, one, 9));
    root(table, mesh1, two);
    return table;
  }

  /** What the kernel counts; of a device that relays, and of one that does not. */
  private static List<FrameCounts> counts() {
    return List.of(
        new FrameCounts(Events.MESH0, 512, 93, 3, 12, 5, 2, 7),
        new FrameCounts(Events.device(1, 8, "mesh1"), 0, 0, 0, 0, 0, 0, 0));
  }

  /** One element of each kind, and one handed on; an error that names its destination. */
  private static void frames(MeshFrameMetrics frames) {
    for (FrameSnapshot frame :
        List.of(
            Frames.preq(1, 0, 1, 7, 2, 9),
            Frames.prep(1, 2, 0, 1, 7, 2, 9),
            Frames.perr(2, 3, 4, 62),
            Frames.rann(1, 1, 4))) {
      frames.onFrame(frame(MeshFrame.Direction.RECEIVED, frame));
    }
    frames.onFrame(frame(MeshFrame.Direction.SENT, Frames.preq(0, 1, 1, 7, 2, 9)));
  }

  private static MeshFrame frame(MeshFrame.Direction direction, FrameSnapshot frame) {
    return new MeshFrame(1, 0, Events.MESH0, direction, 1, 0, 0, frame, Cause.of(PathCause.PREQ));
  }

  /** One that is answered, one that is given up, one whose entry is deleted meanwhile. */
  private static void discoveries(MeshPathTable table, MeshPathEvent.Device device, long two) {
    MeshPathState refreshing = Events.state(two, 0, Events.REFRESHING);
    MeshPathState usable = Events.state(two, 0, Events.USABLE);
    long five = Events.station(5);
    MeshPathState resolving = Events.state(0, 0, 0x02);
    for (MeshPathChange step :
        List.of(MeshPathChange.DISCOVERY_QUEUED, MeshPathChange.DISCOVERY_STARTED)) {
      table.apply(Events.event(device, two, 10, step, PathCause.DATA_TX, null, refreshing));
      table.apply(Events.event(device, five, 11, step, PathCause.DATA_RX, null, resolving));
    }
    table.apply(
        Events.event(
            device, two, 12, MeshPathChange.DISCOVERY_RETRIED, PathCause.TIMER, null, refreshing));
    table.apply(
        Events.event(
            device, two, 13, MeshPathChange.DISCOVERY_ENDED, PathCause.TIMER, null, usable));
    table.apply(
        Events.event(
            device,
            five,
            14,
            MeshPathChange.DISCOVERY_FAILED,
            PathCause.TIMER,
            null,
            Events.state(0, 14, 0)));
    table.apply(Events.delete(device, five, 15));
    long six = Events.station(6);
    table.apply(
        Events.event(
            device, six, 16, MeshPathChange.DISCOVERY_STARTED, PathCause.DATA_TX, null, resolving));
    table.apply(Events.delete(device, six, 17));
    table.apply(Events.event(device, two, 18, MeshPathChange.SN, PathCause.PREQ, usable, usable));
  }

  /** What the air brings that changes no path. */
  private static void neighbours(MeshPathTable table, MeshPathEvent.Device device) {
    long host = Events.station(0x20);
    MeshPathState owner = Events.state(Events.station(2), 0, 0);
    table.apply(
        Events.event(device, host, 20, MeshPathChange.PROXY_ADD, PathCause.DATA_RX, null, owner));
    table.apply(
        Events.event(
            device, host, 21, MeshPathChange.PROXY_CHANGE, PathCause.DATA_RX, owner, owner));
    table.apply(
        Events.event(
            device,
            Events.station(0x21),
            22,
            MeshPathChange.PROXY_ADD,
            PathCause.DATA_RX,
            null,
            owner));
    table.apply(
        Events.event(
            device,
            Events.station(0x21),
            23,
            MeshPathChange.PROXY_DELETE,
            PathCause.TIMER,
            owner,
            null));
    table.apply(Events.ignored(Events.station(2), 130, 2));
    table.apply(Events.ignored(Events.station(2), 130, 3));
    table.apply(Events.ignored(Events.station(2), 132, 7));
    table.apply(Events.peerState(Events.station(2), 3, 4));
    table.apply(Events.peerState(Events.station(2), 4, 5));
    table.apply(Events.peerState(Events.station(3), 0, 1));
  }

  /** A root and gate whose path expires, and that then is deleted. */
  private static void root(MeshPathTable table, MeshPathEvent.Device device, long root) {
    MeshPathState state = new MeshPathState(root, 1_000, 7, 8193, Events.USABLE, 1, true, true);
    table.apply(Events.event(device, root, 30, MeshPathChange.ADD, PathCause.RANN, null, null));
    table.apply(Events.event(device, root, 31, MeshPathChange.ASSIGN, PathCause.PREP, null, state));
    table.apply(
        Events.event(device, root, 32, MeshPathChange.ACTIVATE, PathCause.PREP, null, state));
    table.apply(
        Events.event(device, root, 33, MeshPathChange.GATE_ADD, PathCause.RANN, null, state));
    table.apply(
        Events.event(device, root, 34, MeshPathChange.ROOT_ADD, PathCause.RANN, null, state));
    table.expire(1_000 + 20_000_001);
  }
}
