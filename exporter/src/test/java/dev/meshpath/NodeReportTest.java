package dev.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.MeshPathTable;
import dev.meshpath.collector.peerlink.PeerLinkCollector;
import dev.meshpath.failure.Failure;
import dev.meshpath.nl80211.FakeKernel;
import dev.meshpath.record.KernelClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeReportTest {
  private final MeshPathTable table = new MeshPathTable(10, Long.MAX_VALUE);
  private final FakeKernel kernel = new FakeKernel().devices().peers();

  private String report(int netns) {
    return new NodeReport(
            new NodeReport.Sources(
                "kernel",
                () -> table.snapshot(0),
                new PeerLinkCollector(kernel).devices(),
                netns,
                1),
            new KernelClock(),
            () -> 1_000_000_000)
        .get();
  }

  @Test
  void pathsAndPeersOfADeviceAreTogether() {
    table.apply(Events.add(Events.MESH0, Events.station(2), 1)); // of namespace 1, ifindex 7
    assertThat(report(1))
        .startsWith(
            "{\"time\":\"1970-01-01T00:00:01Z\",\"source\":\"kernel\",\"obstacles\":[],\"devices\":["
                + "{\"network.interface.name\":\"mesh0\",\"netns\":1,"
                + "\"mesh.node.address\":\"02-00-00-00-00-00\",\"mesh.id\":\"meshpath\","
                + "\"mesh.channel\":1,\"mesh.root_mode\":4,\"mesh.forwarding\":true,"
                + "\"peers\":[{\"mesh.peer.address\":\"02-00-00-00-01-00\","
                + "\"mesh.peer.state\":\"estab\",\"mesh.peer.signal_dbm\":-30,"
                + "\"mesh.peer.receive_bits_per_second\":10000000000,"
                + "\"mesh.peer.transmit_bits_per_second\":54000000,\"mesh.peer.metric\":152,"
                + "\"mesh.peer.inactive_s\":1.5}],"
                + "\"paths\":[{\"mesh.path.destination\":\"02-00-00-00-02-00\"")
        .contains("{\"network.interface.name\":\"mesh1\",")
        .endsWith("\"peers\":[],\"paths\":[]}]}");
  }

  @Test
  void deviceOfTheSameNameElsewhereIsAnotherOne() {
    table.apply(Events.add(Events.MESH0, Events.station(2), 1));
    assertThat(report(2).split("\"network.interface.name\":\"mesh0\"", -1)).hasSize(3);
  }

  @Test
  void whatCannotBeAskedIsASentenceBesideTheRest() {
    table.apply(Events.add(Events.MESH0, Events.station(2), 1));
    String report =
        new NodeReport(
                new NodeReport.Sources(
                    "recording",
                    () -> table.snapshot(0),
                    () -> {
                      throw new Failure("nl80211 is \"away\".");
                    },
                    1,
                    1),
                new KernelClock(),
                () -> 0)
            .get();
    assertThat(report)
        .contains("\"source\":\"recording\",\"obstacles\":[\"nl80211 is \\\"away\\\".\"]")
        .contains("02-00-00-00-02-00")
        .doesNotContain("\"peers\"");
    assertThat(List.of(report.split("\n", -1))).hasSize(1);
  }
}
