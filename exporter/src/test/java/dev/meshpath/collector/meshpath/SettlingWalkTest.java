package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.Events.MESH0;
import static dev.meshpath.collector.meshpath.Events.USABLE;
import static dev.meshpath.collector.meshpath.Events.delete;
import static dev.meshpath.collector.meshpath.Events.device;
import static dev.meshpath.collector.meshpath.Events.event;
import static dev.meshpath.collector.meshpath.Events.nextHop;
import static dev.meshpath.collector.meshpath.Events.state;
import static dev.meshpath.collector.meshpath.Events.station;
import static dev.meshpath.collector.meshpath.Events.walk;
import static dev.meshpath.collector.meshpath.MeshPathChange.ASSIGN;
import static dev.meshpath.collector.meshpath.MeshPathChange.WALK_BEGIN;
import static dev.meshpath.collector.meshpath.MeshPathChange.WALK_END;
import static dev.meshpath.collector.meshpath.MeshPathChange.WALK_PATH;
import static dev.meshpath.collector.meshpath.TableWalkTest.IN_KERNEL;
import static dev.meshpath.collector.meshpath.TableWalkTest.NONE;
import static dev.meshpath.collector.meshpath.TableWalkTest.SETTLING_NS;
import static dev.meshpath.collector.meshpath.TableWalkTest.differences;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens while a walk waits for the events that it may have overtaken. */
class SettlingWalkTest {
  private static final long A = station(0xa);
  private static final long B = station(0xb);
  private static final long C = station(0xc);

  private final MeshPathTable table = new MeshPathTable(256, Long.MAX_VALUE);

  @Test
  void changeThatTheWalkOvertookIsNoDifference() {
    followed();
    MeshPathState changed = state(C, 5_000_000_000L, USABLE);
    walkOver(2, 100, changed);
    assertThat(table.dueNs()).isEqualTo(102 + SETTLING_NS);
    table.settle(102 + SETTLING_NS - 1);
    assertThat(paths().getFirst().nextHop()).isEqualTo(B);
    table.apply(event(MESH0, A, 103, MeshPathChange.CHANGE, PathCause.PREP, IN_KERNEL, changed));
    table.settle(102 + SETTLING_NS);
    assertThat(table.dueNs()).isEqualTo(5_000_000_000L + 20_000_000);
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(paths().getFirst().nextHop()).isEqualTo(C);
  }

  @Test
  void pathThatExpiresWhileTheWalkSettlesExpiresOnce() {
    MeshPathState shortLived = state(B, 1000, USABLE);
    table.apply(event(MESH0, A, 1, ASSIGN, PathCause.PREQ, null, shortLived));
    walkOver(1, 10, shortLived);
    table.settle(12 + SETTLING_NS);
    walkOver(2, 100, shortLived);
    table.expire(1000 + 20_000_001);
    table.settle(102 + SETTLING_NS);
    table.expire(102 + SETTLING_NS);
    assertThat(table.snapshot(0).getFirst().events(MeshPathChange.EXPIRE)).isOne();
    assertThat(paths().getFirst().active()).isFalse();
  }

  @Test
  void deletionAfterTheWalkIsNoDifference() {
    followed();
    walkOver(2, 100, IN_KERNEL);
    table.apply(delete(MESH0, A, 103));
    table.settle(102 + SETTLING_NS);
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(paths()).extracting(PathSnapshot::alive).containsExactly(false);
  }

  @Test
  void deviceThatWasMadeAnewSinceTheWalkKeepsItsPaths() {
    followed();
    walkOver(2, 100, IN_KERNEL);
    // the thread had no processor for so long that the driver was loaded again meanwhile
    MeshPathEvent.Device successor = device(MESH0.netns(), 9, "mesh0");
    table.apply(event(successor, A, 150, ASSIGN, PathCause.PREQ, null, IN_KERNEL));
    table.settle(102 + SETTLING_NS);
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(table.snapshot(0)).hasSize(1);
    assertThat(table.snapshot(0).getFirst().device().ifindex()).isEqualTo(9);
    assertThat(paths()).extracting(PathSnapshot::active).containsExactly(true);
  }

  @Test
  void deviceThatWasRenamedSinceTheWalkKeepsItsName() {
    followed();
    walkOver(2, 100, IN_KERNEL);
    MeshPathEvent.Device renamed = device(MESH0.netns(), MESH0.ifindex(), "mesh9");
    table.apply(event(renamed, A, 150, ASSIGN, PathCause.PREQ, null, IN_KERNEL));
    table.settle(102 + SETTLING_NS);
    assertThat(table.snapshot(0)).extracting(seen -> seen.device().name()).containsExactly("mesh9");
  }

  @Test
  void nextWalkDoesNotWaitForTheFormer() {
    followed();
    table.apply(walk(WALK_BEGIN, 2, 100, 0, 0, null));
    table.apply(walk(WALK_END, 2, 101, 0, 0, null));
    table.apply(walk(WALK_BEGIN, 3, 110, 0, 0, null));
    table.apply(walk(WALK_END, 3, 111, 0, 0, null));
    assertThat(table.walked()).isEqualTo(3);
    assertThat(table.mismatches()).isEqualTo(differences(Map.of(), 0, 1));
  }

  /** One path that the events told of and the first walk found. */
  private void followed() {
    table.apply(nextHop(MESH0, A, 1, ASSIGN, B, 8193, 1));
    walkOver(1, 10, IN_KERNEL);
    assertThat(table.walked()).isOne();
  }

  /** Begins then, finds A 1 ns later, and ends after another one. */
  private void walkOver(int number, long beginNs, MeshPathState state) {
    table.apply(walk(WALK_BEGIN, number, beginNs, 0, 0, null));
    table.apply(walk(WALK_PATH, number, beginNs + 1, A, 0, state));
    table.apply(walk(WALK_END, number, beginNs + 2, 0, 1, null));
  }

  private List<PathSnapshot> paths() {
    return Events.withoutLife(table.snapshot(0).getFirst().paths());
  }
}
