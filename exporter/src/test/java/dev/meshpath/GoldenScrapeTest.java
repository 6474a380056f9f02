package dev.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathMetrics;
import dev.meshpath.collector.meshpath.MeshPathTable;
import dev.meshpath.collector.peerlink.PeerLinkCollector;
import dev.meshpath.collector.peerlink.PeerLinkMetrics;
import dev.meshpath.nl80211.FakeKernel;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.CollectorScrape;
import dev.meshpath.telemetry.FakeCollector;
import dev.meshpath.telemetry.Scrapes;
import dev.meshpath.telemetry.SelfMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            new EventLedger(12, 11, 1, 11, 10, 1, 0, 0, 152, 4194304),
            List.of(
                new Hook("mesh_path_add_exit", "fentry", true),
                new Hook("mesh_path_assign_nexthop_entry", "fentry", true),
                new Hook("mesh_path_tx_pending_entry", "fentry", false)));
    PeerLinkCollector peerLink = new PeerLinkCollector(new FakeKernel().devices().peers());
    peerLink.start();
    MeshPathTable table = table();
    long[] now = {0};
    CollectorScrape collectors =
        new CollectorScrape(
            List.of(
                new CollectorScrape.Part(
                    meshPath.name(),
                    () -> true,
                    new MeshPathMetrics(() -> table.snapshot(0), false, LIMIT)),
                new CollectorScrape.Part(
                    peerLink.name(),
                    () -> true,
                    new PeerLinkMetrics(peerLink.devices(), OptionalInt.empty(), LIMIT))),
            () -> now[0] += 1_000_000);
    return Scrapes.text(
            new SelfMetrics(new BuildInfo("0.1.0", "1a2b3c4"), "1.1", List.of(meshPath, peerLink)),
            collectors)
        .replace("java=\"" + Runtime.version() + "\"", "java=\"25.0.3+9-LTS\"");
  }

  /** A path that moves, one that is gone, one that found no room, and a second device. */
  private static MeshPathTable table() {
    MeshPathTable table = new MeshPathTable(LIMIT, Long.MAX_VALUE);
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
    table.apply(Events.add(Events.device(1, 8, "mesh1"), one, 9));
    return table;
  }
}
