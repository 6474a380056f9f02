package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.Events.MESH0;
import static dev.meshpath.collector.meshpath.Events.USABLE;
import static dev.meshpath.collector.meshpath.Events.add;
import static dev.meshpath.collector.meshpath.Events.delete;
import static dev.meshpath.collector.meshpath.Events.event;
import static dev.meshpath.collector.meshpath.Events.nextHop;
import static dev.meshpath.collector.meshpath.Events.state;
import static dev.meshpath.collector.meshpath.Events.station;
import static dev.meshpath.collector.meshpath.Events.walk;
import static dev.meshpath.collector.meshpath.MeshPathChange.ADD;
import static dev.meshpath.collector.meshpath.MeshPathChange.ASSIGN;
import static dev.meshpath.collector.meshpath.MeshPathChange.DELETE;
import static dev.meshpath.collector.meshpath.MeshPathChange.EXPIRE;
import static dev.meshpath.collector.meshpath.MeshPathChange.GATE_ADD;
import static dev.meshpath.collector.meshpath.MeshPathChange.PROXY_ADD;
import static dev.meshpath.collector.meshpath.MeshPathChange.WALK_BEGIN;
import static dev.meshpath.collector.meshpath.MeshPathChange.WALK_END;
import static dev.meshpath.collector.meshpath.MeshPathChange.WALK_PATH;
import static dev.meshpath.collector.meshpath.MeshPathChange.WALK_PEER;
import static dev.meshpath.collector.meshpath.MeshPathChange.WALK_PROXY;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.meshpath.collector.meshpath.MeshPathTable.Differences;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What {@link MeshPathTable} makes of walks through the kernel's tables. */
class TableWalkTest {
  private static final long A = station(0xa);
  private static final long B = station(0xb);
  private static final long C = station(0xc);
  static final MeshPathState IN_KERNEL = new MeshPathState(B, 0, 1, 8193, USABLE, 1, false, false);
  static final Differences NONE = differences(Map.of(), 0, 0);

  /** For so long a walk waits for events that it may have overtaken. */
  static final long SETTLING_NS = 200_000_000;

  private final Logger logger = (Logger) LoggerFactory.getLogger(MeshPathTable.class);
  private final MeshPathTable table = new MeshPathTable(256, Long.MAX_VALUE);

  @BeforeEach
  void hush() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    logger.setLevel(null);
  }

  @Test
  void beginsWithoutWalkAndDifferences() {
    assertThat(table.walked()).isZero();
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(table.repaired()).isEqualTo(NONE);
  }

  @Test
  void firstWalkAdoptsWhatExists() {
    walkOver(1, 10, A, IN_KERNEL);
    assertThat(paths())
        .containsExactly(new PathSnapshot(A, true, true, B, 8193, 1, false, false, 0));
    assertThat(table.walked()).isOne();
  }

  @Test
  void firstWalkCountsNothing() {
    walkOver(1, 10, A, IN_KERNEL);
    assertThat(table.snapshot(0).getFirst().events(ADD)).isZero();
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(table.repaired()).isEqualTo(NONE);
  }

  @Test
  void adoptedPathExpires() {
    walkOver(1, 10, A, state(B, 1000, USABLE));
    assertThat(table.dueNs()).isEqualTo(1000 + 20_000_000);
    table.expire(1000 + 20_000_001);
    assertThat(table.snapshot(0).getFirst().events(EXPIRE)).isOne();
  }

  @Test
  void walkThatFindsTheSameChangesNothing() {
    followed(A);
    walkOver(2, 100, A, IN_KERNEL);
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(table.repaired()).isEqualTo(NONE);
    assertThat(table.walked()).isEqualTo(2);
  }

  @Test
  void missedAddIsDefectWhereNothingWasLost() {
    followed(A);
    apply(WALK_BEGIN, 2, 100, 0, 0, null);
    apply(WALK_PATH, 2, 101, A, 0, IN_KERNEL);
    apply(WALK_PATH, 2, 101, C, 0, IN_KERNEL);
    apply(WALK_END, 2, 102, 0, 2, null);
    assertThat(table.mismatches()).isEqualTo(differences(Map.of(), 1, 0));
    assertThat(table.repaired()).isEqualTo(NONE);
    assertThat(paths()).extracting(PathSnapshot::destination).containsExactly(A, C);
  }

  @Test
  void missedAddAfterLossIsRepaired() {
    followed(A);
    table.expectMismatches(0);
    apply(WALK_BEGIN, 2, 100, 0, 0, null);
    apply(WALK_PATH, 2, 101, A, 0, IN_KERNEL);
    apply(WALK_PATH, 2, 101, C, 0, IN_KERNEL);
    apply(WALK_END, 2, 102, 0, 2, null);
    assertThat(table.repaired()).isEqualTo(differences(Map.of(), 1, 0));
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(paths()).extracting(PathSnapshot::destination).containsExactly(A, C);
  }

  @Test
  void missedDeleteIsDefectWhereNothingWasLost() {
    followed(A);
    emptyWalk(2, 100);
    assertThat(table.mismatches()).isEqualTo(differences(Map.of(), 0, 1));
    assertThat(paths()).extracting(PathSnapshot::alive).containsExactly(false);
  }

  @Test
  void missedDeleteAfterLossIsRepaired() {
    followed(A);
    table.expectMismatches(0);
    emptyWalk(2, 100);
    assertThat(table.repaired()).isEqualTo(differences(Map.of(), 0, 1));
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(table.snapshot(0).getFirst().events(DELETE)).isZero();
  }

  static List<Map.Entry<String, MeshPathState>> fields() {
    return List.of(
        Map.entry("next_hop", new MeshPathState(C, 0, 1, 8193, USABLE, 1, false, false)),
        Map.entry("sn", new MeshPathState(B, 0, 2, 8193, USABLE, 1, false, false)),
        Map.entry("metric", new MeshPathState(B, 0, 1, 8194, USABLE, 1, false, false)),
        Map.entry("hop_count", new MeshPathState(B, 0, 1, 8193, USABLE, 2, false, false)),
        Map.entry(
            "flags",
            new MeshPathState(B, 0, 1, 8193, USABLE | MeshPathState.FIXED, 1, false, false)));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void fieldThatDiffersIsDefectWhereNothingWasLost(Map.Entry<String, MeshPathState> field) {
    followed(A);
    walkOver(2, 100, A, field.getValue());
    assertThat(table.mismatches()).isEqualTo(differences(Map.of(field.getKey(), 1L), 0, 0));
    assertThat(table.repaired()).isEqualTo(NONE);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void fieldThatDiffersAfterLossIsRepaired(Map.Entry<String, MeshPathState> field) {
    followed(A);
    table.expectMismatches(0);
    walkOver(2, 100, A, field.getValue());
    assertThat(table.repaired()).isEqualTo(differences(Map.of(field.getKey(), 1L), 0, 0));
    assertThat(table.mismatches()).isEqualTo(NONE);
    MeshPathState kernel = field.getValue();
    assertThat(paths())
        .containsExactly(
            new PathSnapshot(
                A,
                true,
                true,
                kernel.nextHop(),
                kernel.airtimeMetric(),
                kernel.hopCount(),
                false,
                false,
                0));
  }

  @Test
  void pathThatIsUsableThoughWeDidNotKnowDiffersInItsFlags() {
    walkOver(1, 1, A, state(B, 0, 0));
    walkOver(2, 100, A, state(B, 0, USABLE));
    assertThat(table.mismatches()).isEqualTo(differences(Map.of("flags", 1L), 0, 0));
    assertThat(paths().getFirst().active()).isTrue();
  }

  @Test
  void expiryThatTheKernelDidNotNoticeIsNoDifference() {
    walkOver(1, 1, A, state(B, 50, USABLE));
    walkOver(2, 100, A, state(B, 50, USABLE | MeshPathState.EXPIRED));
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(table.snapshot(0).getFirst().events(EXPIRE)).isZero();
    table.expire(50 + 20_000_001);
    assertThat(table.snapshot(0).getFirst().events(EXPIRE)).isOne();
  }

  @Test
  void lossExcusesOneWalkOnly() {
    followed(A);
    table.expectMismatches(0);
    walkOver(2, 100, A, IN_KERNEL);
    emptyWalk(3, 200);
    assertThat(table.repaired()).isEqualTo(NONE);
    assertThat(table.mismatches()).isEqualTo(differences(Map.of(), 0, 1));
  }

  @Test
  void walkThatLostARowChangesNothing() {
    followed(A);
    apply(WALK_BEGIN, 2, 100, 0, 0, null);
    apply(WALK_PATH, 2, 101, C, 0, IN_KERNEL);
    apply(WALK_END, 2, 102, 0, 2, null);
    assertThat(table.walked()).isOne();
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(paths()).extracting(PathSnapshot::destination).containsExactly(A);
  }

  @Test
  void incompleteWalkLeavesTheExcuseToTheNext() {
    followed(A);
    table.expectMismatches(0);
    apply(WALK_BEGIN, 2, 100, 0, 0, null);
    apply(WALK_END, 2, 102, 0, 1, null);
    emptyWalk(3, 200);
    assertThat(table.repaired()).isEqualTo(differences(Map.of(), 0, 1));
    assertThat(table.mismatches()).isEqualTo(NONE);
  }

  @Test
  void endWithoutBeginIsNoWalk() {
    followed(A);
    apply(WALK_END, 2, 102, 0, 0, null);
    assertThat(table.walked()).isOne();
    assertThat(paths()).extracting(PathSnapshot::alive).containsExactly(true);
  }

  @Test
  void rowsOfAnotherWalkAreNotTaken() {
    followed(A);
    apply(WALK_BEGIN, 3, 100, 0, 0, null);
    apply(WALK_PATH, 2, 101, C, 0, IN_KERNEL);
    apply(WALK_PATH, 3, 101, A, 0, IN_KERNEL);
    apply(WALK_END, 3, 102, 0, 1, null);
    assertThat(table.walked()).isEqualTo(3);
    assertThat(paths()).extracting(PathSnapshot::destination).containsExactly(A);
  }

  @Test
  void endOfAnotherWalkDoesNotEndThisOne() {
    followed(A);
    apply(WALK_BEGIN, 3, 100, 0, 0, null);
    apply(WALK_END, 2, 101, 0, 7, null);
    apply(WALK_PATH, 3, 101, A, 0, IN_KERNEL);
    apply(WALK_END, 3, 102, 0, 1, null);
    assertThat(table.walked()).isEqualTo(3);
  }

  @Test
  void rowsOfAllKindsMakeItComplete() {
    apply(WALK_BEGIN, 1, 100, 0, 0, null);
    apply(WALK_PATH, 1, 101, A, 0, IN_KERNEL);
    apply(WALK_PROXY, 1, 101, C, 0, state(A, 0, 0));
    apply(WALK_PEER, 1, 101, B, 0, null);
    apply(WALK_END, 1, 102, 0, 3, null);
    assertThat(table.walked()).isOne();
    assertThat(table.snapshot(0).getFirst().proxies()).isOne();
  }

  @Test
  void entryThatWasAddedMeanwhileIsNotMissed() {
    followed(A);
    apply(WALK_BEGIN, 2, 100, 0, 0, null);
    apply(WALK_PATH, 2, 101, A, 0, IN_KERNEL);
    table.apply(add(MESH0, C, 102));
    apply(WALK_END, 2, 103, 0, 1, null);
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(paths()).extracting(PathSnapshot::alive).containsExactly(true, true);
  }

  @Test
  void entryThatChangedMeanwhileKeepsWhatItsEventSaid() {
    followed(A);
    apply(WALK_BEGIN, 2, 100, 0, 0, null);
    apply(WALK_PATH, 2, 101, A, 0, IN_KERNEL);
    table.apply(nextHop(MESH0, A, 102, MeshPathChange.CHANGE, C, 9000, 2));
    apply(WALK_END, 2, 103, 0, 1, null);
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(paths().getFirst().nextHop()).isEqualTo(C);
  }

  @Test
  void entryThatWasDeletedMeanwhileIsNotMissed() {
    followed(A);
    apply(WALK_BEGIN, 2, 100, 0, 0, null);
    apply(WALK_PATH, 2, 101, A, 0, IN_KERNEL);
    table.apply(delete(MESH0, A, 102));
    apply(WALK_END, 2, 103, 0, 1, null);
    assertThat(table.walked()).isEqualTo(2);
    assertThat(table.mismatches()).isEqualTo(NONE);
    assertThat(paths()).extracting(PathSnapshot::alive).containsExactly(false);
  }

  @Test
  void unlistedEntryThatWasDeletedMeanwhileIsNotMissed() {
    MeshPathTable unlisted = new MeshPathTable(0, Long.MAX_VALUE);
    unlisted.apply(add(MESH0, A, 1));
    unlisted.apply(walk(WALK_BEGIN, 1, 100, 0, 0, null));
    unlisted.apply(walk(WALK_PATH, 1, 101, A, 0, IN_KERNEL));
    unlisted.apply(delete(MESH0, A, 102));
    unlisted.apply(walk(WALK_END, 1, 103, 0, 1, null));
    assertThat(unlisted.snapshot(0).getFirst().states().active()).isZero();
  }

  @Test
  void gateThatBecameKnownMeanwhileStaysOne() {
    followed(A);
    apply(WALK_BEGIN, 2, 100, 0, 0, null);
    apply(WALK_PATH, 2, 101, A, 0, IN_KERNEL);
    table.apply(event(MESH0, A, 102, GATE_ADD, PathCause.RANN, null, null));
    apply(WALK_END, 2, 103, 0, 1, null);
    assertThat(paths().getFirst().gate()).isTrue();
  }

  @Test
  void proxiesAreWhatTheWalkFound() {
    table.apply(event(MESH0, C, 1, PROXY_ADD, PathCause.DATA_RX, null, state(A, 0, 0)));
    apply(WALK_BEGIN, 1, 100, 0, 0, null);
    apply(WALK_PROXY, 1, 101, A, 0, state(B, 0, 0));
    apply(WALK_PROXY, 1, 101, B, 0, state(B, 0, 0));
    apply(WALK_END, 1, 102, 0, 2, null);
    assertThat(table.snapshot(0).getFirst().proxies()).isEqualTo(2);
  }

  @Test
  void proxyThatWasAddedMeanwhileStays() {
    apply(WALK_BEGIN, 1, 100, 0, 0, null);
    table.apply(event(MESH0, C, 101, PROXY_ADD, PathCause.DATA_RX, null, state(A, 0, 0)));
    apply(WALK_END, 1, 102, 0, 0, null);
    assertThat(table.snapshot(0).getFirst().proxies()).isOne();
  }

  /** One path that the events told of and the first walk found. */
  private void followed(long destination) {
    table.apply(nextHop(MESH0, destination, 1, ASSIGN, B, 8193, 1));
    walkOver(1, 10, destination, IN_KERNEL);
    assertThat(table.walked()).isOne();
  }

  private void walkOver(int number, long beginNs, long destination, MeshPathState state) {
    apply(WALK_BEGIN, number, beginNs, 0, 0, null);
    apply(WALK_PATH, number, beginNs + 1, destination, 0, state);
    apply(WALK_END, number, beginNs + 2, 0, 1, null);
  }

  private void emptyWalk(int number, long beginNs) {
    apply(WALK_BEGIN, number, beginNs, 0, 0, null);
    apply(WALK_END, number, beginNs + 1, 0, 0, null);
  }

  private void apply(
      MeshPathChange change,
      int number,
      long ktimeNs,
      long destination,
      int sent,
      @Nullable MeshPathState state) {
    table.apply(walk(change, number, ktimeNs, destination, sent, state));
    if (change == WALK_END) {
      table.settle(ktimeNs + SETTLING_NS);
    }
  }

  private List<PathSnapshot> paths() {
    return Events.withoutLife(table.snapshot(0).getFirst().paths());
  }

  static Differences differences(Map<String, Long> fields, long added, long deleted) {
    Map<String, Long> all = new HashMap<>();
    for (String field : List.of("next_hop", "metric", "sn", "hop_count", "flags")) {
      all.put(field, fields.getOrDefault(field, 0L));
    }
    return new Differences(all, Map.of(ADD, added, DELETE, deleted));
  }
}
