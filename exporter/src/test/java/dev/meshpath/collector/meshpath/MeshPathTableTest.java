package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.Events.MESH0;
import static dev.meshpath.collector.meshpath.Events.add;
import static dev.meshpath.collector.meshpath.Events.delete;
import static dev.meshpath.collector.meshpath.Events.device;
import static dev.meshpath.collector.meshpath.Events.nextHop;
import static dev.meshpath.collector.meshpath.Events.refusal;
import static dev.meshpath.collector.meshpath.Events.station;
import static dev.meshpath.collector.meshpath.MeshPathChange.ADD;
import static dev.meshpath.collector.meshpath.MeshPathChange.ADD_FAILED;
import static dev.meshpath.collector.meshpath.MeshPathChange.ASSIGN;
import static dev.meshpath.collector.meshpath.MeshPathChange.CHANGE;
import static dev.meshpath.collector.meshpath.MeshPathChange.DELETE;
import static dev.meshpath.collector.meshpath.MeshPathChange.REASSIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.meshpath.frame.MeshId;
import dev.meshpath.net.MacAddress;
import dev.meshpath.net.NetDevice;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeshPathTableTest {
  private static final int LIMIT = 2;
  private static final long RETENTION_NS = 50;
  private static final long A = station(0xa);
  private static final long B = station(0xb);
  private static final long C = station(0xc);
  private static final long D = station(0xd);

  private final MeshPathTable table = new MeshPathTable(LIMIT, RETENTION_NS);

  @Test
  void isEmptyBeforeTheFirstEvent() {
    assertThat(table.snapshot(0)).isEmpty();
  }

  @Test
  void followsAdd() {
    table.apply(add(MESH0, A, 1));
    assertThat(paths()).containsExactly(inactive(A, MacAddress.NONE, 0, 0, 0));
  }

  @Test
  void followsAssign() {
    table.apply(add(MESH0, A, 1));
    table.apply(nextHop(MESH0, A, 2, ASSIGN, B, 8193, 1));
    assertThat(paths()).containsExactly(active(A, B, 8193, 1, 0));
  }

  @Test
  void followsChange() {
    table.apply(nextHop(MESH0, A, 2, ASSIGN, B, 8193, 1));
    table.apply(nextHop(MESH0, A, 3, CHANGE, C, 16386, 2));
    assertThat(paths()).containsExactly(active(A, C, 16386, 2, 1));
  }

  @Test
  void reassignIsNoChange() {
    table.apply(nextHop(MESH0, A, 2, ASSIGN, B, 8193, 1));
    table.apply(nextHop(MESH0, A, 3, REASSIGN, B, 9000, 3));
    assertThat(paths()).containsExactly(active(A, B, 9000, 3, 0));
  }

  @Test
  void airtimeMetricIsUnsigned() {
    table.apply(nextHop(MESH0, A, 2, ASSIGN, B, -1, 1));
    assertThat(paths()).containsExactly(active(A, B, 4294967295L, 1, 0));
  }

  @Test
  void eventWithoutStateLeavesTheLastOne() {
    table.apply(nextHop(MESH0, A, 2, ASSIGN, B, 8193, 1));
    table.apply(Events.event(MESH0, A, 3, REASSIGN, PathCause.PREP, null, null));
    assertThat(paths()).containsExactly(active(A, B, 8193, 1, 0));
  }

  @Test
  void pathThatWasThereBeforeUsIsListedAtItsFirstEvent() {
    table.apply(nextHop(MESH0, A, 2, CHANGE, B, 8193, 1));
    assertThat(paths()).containsExactly(active(A, B, 8193, 1, 1));
  }

  @Test
  void pathsAreSortedByDestination() {
    table.apply(add(MESH0, B, 1));
    table.apply(add(MESH0, A, 2));
    assertThat(destinations()).containsExactly(A, B);
  }

  @Test
  void countsEachKindOfEvent() {
    table.apply(add(MESH0, A, 1));
    table.apply(refusal(MESH0, B, -28));
    table.apply(nextHop(MESH0, A, 2, ASSIGN, B, 1, 1));
    table.apply(nextHop(MESH0, A, 3, CHANGE, C, 1, 1));
    table.apply(nextHop(MESH0, A, 4, CHANGE, B, 1, 1));
    table.apply(nextHop(MESH0, A, 5, REASSIGN, B, 1, 1));
    table.apply(nextHop(MESH0, A, 6, REASSIGN, B, 1, 1));
    table.apply(nextHop(MESH0, A, 7, REASSIGN, B, 1, 1));
    table.apply(delete(MESH0, A, 8));
    assertThat(only().events())
        .filteredOn(event -> event.count() != 0)
        .containsExactly(
            new EventCount(ADD_FAILED, PathCause.DATA_TX, 1),
            new EventCount(ASSIGN, PathCause.PREP, 1),
            new EventCount(CHANGE, PathCause.PREP, 2),
            new EventCount(REASSIGN, PathCause.PREP, 3),
            new EventCount(ADD, PathCause.PREQ, 1),
            new EventCount(DELETE, PathCause.TIMER, 1));
  }

  @Test
  void refusalMakesNoPath() {
    table.apply(refusal(MESH0, A, -28));
    assertThat(paths()).isEmpty();
  }

  @Test
  void deleteOfUnknownPathMakesNone() {
    table.apply(delete(MESH0, A, 1));
    assertThat(paths()).isEmpty();
    assertThat(only().events(DELETE)).isEqualTo(1);
  }

  @Test
  void secondDeleteIsCountedOnly() {
    table.apply(add(MESH0, A, 1));
    table.apply(delete(MESH0, A, 10));
    table.apply(delete(MESH0, A, 20));
    assertThat(table.snapshot(61).getFirst().paths()).isEmpty();
  }

  @Test
  void deletedPathStaysForItsRetention() {
    table.apply(nextHop(MESH0, A, 1, CHANGE, B, 8193, 1));
    table.apply(delete(MESH0, A, 100));
    assertThat(counted(table.snapshot(150).getFirst().paths()))
        .containsExactly(gone(A, B, 8193, 1, 1));
  }

  @Test
  void deletedPathIsForgottenAfterItsRetention() {
    table.apply(add(MESH0, A, 1));
    table.apply(delete(MESH0, A, 100));
    assertThat(table.snapshot(151).getFirst().paths()).isEmpty();
  }

  @Test
  void pathThatReturnsInTimeGoesOnCounting() {
    table.apply(nextHop(MESH0, A, 1, CHANGE, B, 1, 1));
    table.apply(delete(MESH0, A, 100));
    table.apply(add(MESH0, A, 120));
    table.apply(nextHop(MESH0, A, 130, CHANGE, C, 1, 1));
    assertThat(counted(table.snapshot(1000).getFirst().paths()))
        .containsExactly(active(A, C, 1, 1, 2));
  }

  @Test
  void pathThatReturnsLateBeginsAnew() {
    table.apply(nextHop(MESH0, A, 1, CHANGE, B, 1, 1));
    table.apply(delete(MESH0, A, 100));
    assertThat(table.snapshot(151)).hasSize(1);
    table.apply(nextHop(MESH0, A, 200, CHANGE, C, 1, 1));
    assertThat(paths()).containsExactly(active(A, C, 1, 1, 1));
  }

  @Test
  void retentionCountsFromTheLastDelete() {
    table.apply(add(MESH0, A, 1));
    table.apply(delete(MESH0, A, 100));
    table.apply(add(MESH0, A, 120));
    table.apply(delete(MESH0, A, 140));
    assertThat(table.snapshot(190).getFirst().paths()).hasSize(1);
    assertThat(table.snapshot(191).getFirst().paths()).isEmpty();
  }

  @Test
  void destinationsBeyondTheLimitCountAsOther() {
    addAll(A, B, C);
    table.apply(nextHop(MESH0, C, 10, CHANGE, A, 1, 1));
    table.apply(nextHop(MESH0, C, 11, CHANGE, B, 1, 1));
    table.apply(nextHop(MESH0, B, 12, CHANGE, A, 1, 1));
    assertThat(destinations()).containsExactly(A, B);
    assertThat(only().otherChanges()).isEqualTo(2);
  }

  @Test
  void destinationBeyondTheLimitIsCountedOnce() {
    addAll(A, B, C);
    table.apply(nextHop(MESH0, C, 10, CHANGE, A, 1, 1));
    table.apply(add(MESH0, D, 11));
    assertThat(only().unlisted()).isEqualTo(2);
  }

  @Test
  void limitOfZeroListsNobody() {
    MeshPathTable none = new MeshPathTable(0, RETENTION_NS);
    none.apply(nextHop(MESH0, A, 1, CHANGE, B, 1, 1));
    DeviceSnapshot snapshot = none.snapshot(1).getFirst();
    assertThat(snapshot.paths()).isEmpty();
    assertThat(snapshot.otherChanges()).isEqualTo(1);
    assertThat(snapshot.unlisted()).isEqualTo(1);
  }

  @Test
  void newDestinationTakesThePlaceOfTheOneThatIsGoneLongest() {
    addAll(A, B);
    table.apply(delete(MESH0, B, 10));
    table.apply(delete(MESH0, A, 11));
    table.apply(add(MESH0, C, 12));
    assertThat(destinations()).containsExactly(A, C);
    table.apply(add(MESH0, D, 13));
    assertThat(destinations()).containsExactly(C, D);
    assertThat(only().unlisted()).isZero();
  }

  @Test
  void destinationThatFoundNoRoomIsListedOnceThereIsSome() {
    addAll(A, B, C);
    table.apply(delete(MESH0, A, 10));
    table.apply(nextHop(MESH0, C, 11, REASSIGN, B, 8193, 1));
    assertThat(paths())
        .containsExactly(inactive(B, MacAddress.NONE, 0, 0, 0), active(C, B, 8193, 1, 0));
  }

  @Test
  void destinationThatReturnsKeepsItsPlace() {
    addAll(A, B);
    table.apply(delete(MESH0, A, 10));
    table.apply(add(MESH0, A, 11));
    table.apply(add(MESH0, C, 12));
    assertThat(destinations()).containsExactly(A, B);
  }

  @Test
  void knowsDevice() {
    table.apply(add(device(5, 7, "mesh0"), A, 1));
    assertThat(only().device()).isEqualTo(new NetDevice(5, 7, "mesh0", 0x0200_0000_0000L));
  }

  @Test
  void knowsDeviceWithTheLongestName() {
    // abcdefghijklmno and the zero behind it
    table.apply(
        add(
            new MeshPathEvent.Device(
                1, 7, 0x6867_6665_6463_6261L, 0x6f_6e6d_6c6b_6a69L, 0, MeshId.NONE),
            A,
            1));
    assertThat(only().device().name()).isEqualTo("abcdefghijklmno");
  }

  @Test
  void renamedDeviceKeepsItsPathsAndCounters() {
    table.apply(add(MESH0, A, 1));
    table.apply(add(device(1, 7, "mesh9"), B, 2));
    assertThat(only().device().name()).isEqualTo("mesh9");
    assertThat(only().events(ADD)).isEqualTo(2);
    assertThat(paths()).allMatch(PathSnapshot::alive).hasSize(2);
  }

  @Test
  void renamedDeviceTakesTheNameOfOneThatIsGone() {
    table.apply(add(MESH0, A, 1));
    table.apply(add(device(1, 8, "mesh1"), B, 2));
    table.apply(add(device(1, 8, "mesh0"), C, 3));
    assertThat(only().device()).isEqualTo(new NetDevice(1, 8, "mesh0", 0x0200_0000_0000L));
    assertThat(destinations()).containsExactly(B, C);
  }

  @Test
  void deviceOfReloadedDriverIsTheSameOne() {
    table.apply(add(MESH0, A, 1));
    table.apply(add(device(1, 9, "mesh0"), A, 2));
    table.apply(add(device(1, 9, "mesh0"), B, 3));
    assertThat(only().device().ifindex()).isEqualTo(9);
  }

  @Test
  void countersSurviveReloadOfDriver() {
    table.apply(add(MESH0, A, 1));
    table.apply(nextHop(MESH0, A, 2, CHANGE, B, 1, 1));
    table.apply(nextHop(device(1, 9, "mesh0"), A, 3, CHANGE, C, 1, 1));
    assertThat(only().events(ADD)).isEqualTo(1);
    assertThat(only().events(CHANGE)).isEqualTo(2);
    assertThat(paths()).containsExactly(active(A, C, 1, 1, 2));
  }

  @Test
  void pathsDoNotSurviveReloadOfDriver() {
    table.apply(add(MESH0, A, 1));
    table.apply(add(device(1, 9, "mesh0"), B, 3));
    assertThat(paths()).extracting(PathSnapshot::alive).containsExactly(false, true);
  }

  @Test
  void countersSurviveManyReloads() {
    for (int ifindex = 1; ifindex <= 100; ifindex++) {
      table.apply(add(device(1, ifindex, "mesh0"), A, ifindex));
    }
    assertThat(only().events(ADD)).isEqualTo(100);
  }

  @Test
  void sameDeviceOfTwoNamespacesIsTwo() {
    table.apply(add(device(2, 7, "mesh0"), A, 1));
    table.apply(add(device(1, 7, "mesh0"), B, 2));
    table.apply(add(device(2, 7, "mesh0"), B, 3));
    assertThat(table.snapshot(0))
        .extracting(snapshot -> snapshot.device().netns(), snapshot -> snapshot.paths().size())
        .containsExactly(tuple(1, 1), tuple(2, 2));
  }

  @Test
  void devicesAreSortedByName() {
    table.apply(add(device(1, 7, "mesh1"), A, 1));
    table.apply(add(device(2, 7, "mesh0"), A, 2));
    assertThat(table.snapshot(0))
        .extracting(snapshot -> snapshot.device().name())
        .containsExactly("mesh0", "mesh1");
  }

  @Test
  void deviceBeyondTheLimitTakesThePlaceOfTheOneThatIsQuietLongest() {
    for (int ifindex = 1; ifindex <= 64; ifindex++) {
      table.apply(add(device(1, ifindex, "mesh" + ifindex), A, 100 - ifindex));
    }
    table.apply(add(device(1, 65, "mesh65"), A, 200));
    assertThat(names()).hasSize(64).contains("mesh65").doesNotContain("mesh64");
  }

  @Test
  void deviceWithoutPathsGoesBeforeOneThatHasSome() {
    for (int ifindex = 1; ifindex <= 64; ifindex++) {
      table.apply(add(device(1, ifindex, "mesh" + ifindex), A, ifindex));
    }
    table.apply(delete(device(1, 30, "mesh30"), A, 150));
    table.apply(add(device(1, 65, "mesh65"), A, 200));
    assertThat(names()).hasSize(64).contains("mesh1", "mesh65").doesNotContain("mesh30");
  }

  @Test
  void staysSmallWhateverIsInTheAir() {
    MeshPathTable table = new MeshPathTable(256, Long.MAX_VALUE);
    for (int n = 0; n < 500_000; n++) {
      table.apply(nextHop(MESH0, station(n), n, CHANGE, A, 1, 1));
      table.apply(delete(MESH0, station(n), n));
    }
    DeviceSnapshot snapshot = table.snapshot(500_000).getFirst();
    assertThat(snapshot.paths())
        .extracting(PathSnapshot::destination)
        .hasSize(256)
        .startsWith(station(500_000 - 256))
        .endsWith(station(499_999));
    assertThat(snapshot.events(CHANGE)).isEqualTo(500_000);
    assertThat(snapshot.events(DELETE)).isEqualTo(500_000);
  }

  private void addAll(long... destinations) {
    for (long destination : destinations) {
      table.apply(add(MESH0, destination, 1));
    }
  }

  private DeviceSnapshot only() {
    List<DeviceSnapshot> snapshots = table.snapshot(0);
    assertThat(snapshots).hasSize(1);
    return snapshots.getFirst();
  }

  private static PathSnapshot active(
      long destination, long nextHop, long airtimeMetric, int hopCount, long changes) {
    return path(destination, true, true, nextHop, airtimeMetric, hopCount, changes);
  }

  private static PathSnapshot inactive(
      long destination, long nextHop, long airtimeMetric, int hopCount, long changes) {
    return path(destination, true, false, nextHop, airtimeMetric, hopCount, changes);
  }

  private static PathSnapshot gone(
      long destination, long nextHop, long airtimeMetric, int hopCount, long changes) {
    return path(destination, false, false, nextHop, airtimeMetric, hopCount, changes);
  }

  private static PathSnapshot path(
      long destination,
      boolean alive,
      boolean active,
      long nextHop,
      long airtimeMetric,
      int hopCount,
      long changes) {
    return new PathSnapshot(
        destination, alive, active, nextHop, airtimeMetric, hopCount, false, false, changes);
  }

  private List<PathSnapshot> paths() {
    return counted(only().paths());
  }

  /** Without the penalties, which are not the table's business. */
  private static List<PathSnapshot> counted(List<PathSnapshot> paths) {
    return paths.stream()
        .map(
            path ->
                new PathSnapshot(
                    path.destination(),
                    path.alive(),
                    path.active(),
                    path.nextHop(),
                    path.airtimeMetric(),
                    path.hopCount(),
                    path.root(),
                    path.gate(),
                    path.changes()))
        .toList();
  }

  private List<Long> destinations() {
    return paths().stream().map(PathSnapshot::destination).toList();
  }

  private List<String> names() {
    return table.snapshot(0).stream().map(snapshot -> snapshot.device().name()).toList();
  }
}
