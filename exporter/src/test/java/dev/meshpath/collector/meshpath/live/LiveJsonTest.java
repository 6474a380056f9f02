package dev.meshpath.collector.meshpath.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathTable;
import dev.meshpath.collector.meshpath.PathCause;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveJsonTest {
  private static final long ONE = Events.station(1);
  private static final long TWO = Events.station(2);

  @Test
  void eventHasTheAttributesOfItsSpan() {
    MeshPathEvent event =
        Events.event(
            Events.MESH0,
            TWO,
            7,
            MeshPathChange.CHANGE,
            PathCause.PREP,
            Events.state(TWO, 0, Events.USABLE),
            Events.state(ONE, 0, Events.USABLE));
    assertThat(EventJson.of(new LiveEvent(1, 1_700_000_000_000_000_007L, event)))
        .startsWith("{\"time\":\"2023-11-14T22:13:20.000000007Z\",")
        .contains("\"mesh.path.event\":\"change\"")
        .contains("\"mesh.path.cause\":\"prep\"")
        .contains("\"mesh.path.destination\":\"02-00-00-00-02-00\"")
        .contains("\"mesh.path.next_hop\":\"02-00-00-00-01-00\"")
        .contains("\"mesh.path.previous_next_hop\":\"02-00-00-00-02-00\"")
        .contains("\"mesh.path.same_next_hop\":false")
        .contains("\"mesh.path.metric\":0")
        .contains("\"network.interface.name\":\"mesh0\"")
        .contains("\"mesh.id\":\"meshpath\"")
        .endsWith("}")
        .doesNotContain("\n");
  }

  @Test
  void peerHasTheStateThatItReached() {
    assertThat(EventJson.of(new LiveEvent(1, 0, Events.peerState(ONE, 3, 4))))
        .contains("\"mesh.path.event\":\"peer_state\"", "\"mesh.peer.state\":\"estab\"");
  }

  private static List<String> paths(MeshPathTable table) {
    return new PathJson(table.snapshot(0).getFirst(), 12_345_678_901L).texts();
  }

  @Test
  void pathSaysWhatHappenedLastAndWhy() {
    MeshPathTable table = new MeshPathTable(10, Long.MAX_VALUE);
    table.apply(Events.add(Events.MESH0, TWO, 1_000_000_000));
    table.apply(
        Events.nextHop(Events.MESH0, TWO, 2_000_000_000, MeshPathChange.ASSIGN, TWO, 8193, 1));
    table.apply(
        Events.nextHop(Events.MESH0, TWO, 3_000_000_000L, MeshPathChange.CHANGE, ONE, 9000, 2));
    // a refresh is no change
    table.apply(
        Events.nextHop(Events.MESH0, TWO, 4_000_000_000L, MeshPathChange.REASSIGN, ONE, 9000, 2));
    assertThat(paths(table))
        .containsExactly(
            "{\"mesh.path.destination\":\"02-00-00-00-02-00\",\"mesh.path.state\":\"active\","
                + "\"mesh.path.next_hop\":\"02-00-00-00-01-00\",\"mesh.path.metric\":9000,"
                + "\"mesh.path.hop_count\":2,\"mesh.path.root\":false,\"mesh.path.gate\":false,"
                + "\"mesh.path.age_s\":11.346,\"mesh.path.changes\":1,"
                + "\"mesh.path.event\":\"change\",\"mesh.path.cause\":\"prep\","
                + "\"mesh.path.event_age_s\":9.346,"
                + "\"mesh.path.flap_penalty\":1000,\"mesh.path.flapping\":false}");
  }

  @Test
  void pathWithoutNextHopHasNoMetric() {
    MeshPathTable table = new MeshPathTable(10, Long.MAX_VALUE);
    table.apply(Events.add(Events.MESH0, TWO, 1_000_000_000));
    assertThat(paths(table).getFirst())
        .contains("\"mesh.path.state\":\"inactive\"", "\"mesh.path.event\":\"add\"")
        .doesNotContain("next_hop", "metric");
  }

  @Test
  void deletedPathIsNoRow() {
    MeshPathTable table = new MeshPathTable(10, Long.MAX_VALUE);
    table.apply(Events.add(Events.MESH0, TWO, 1));
    table.apply(Events.delete(Events.MESH0, TWO, 2));
    assertThat(paths(table)).isEmpty();
  }
}
