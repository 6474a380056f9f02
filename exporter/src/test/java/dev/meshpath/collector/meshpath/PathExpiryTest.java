package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.Events.MESH0;
import static dev.meshpath.collector.meshpath.Events.REFRESHING;
import static dev.meshpath.collector.meshpath.Events.UNUSABLE;
import static dev.meshpath.collector.meshpath.Events.USABLE;
import static dev.meshpath.collector.meshpath.Events.event;
import static dev.meshpath.collector.meshpath.Events.state;
import static dev.meshpath.collector.meshpath.Events.station;
import static dev.meshpath.collector.meshpath.MeshPathChange.ACTIVATE;
import static dev.meshpath.collector.meshpath.MeshPathChange.ASSIGN;
import static dev.meshpath.collector.meshpath.MeshPathChange.DEACTIVATE;
import static dev.meshpath.collector.meshpath.MeshPathChange.DELETE;
import static dev.meshpath.collector.meshpath.MeshPathChange.DISCOVERY_FAILED;
import static dev.meshpath.collector.meshpath.MeshPathChange.DISCOVERY_STARTED;
import static dev.meshpath.collector.meshpath.MeshPathChange.EXPIRE;
import static dev.meshpath.collector.meshpath.MeshPathChange.FIX;
import static dev.meshpath.collector.meshpath.MeshPathChange.REASSIGN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.churn.ChurnMeasures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When {@link DevicePaths} lets a path be usable, and when it expires. */
class PathExpiryTest {
  private static final long A = station(0xa);
  private static final long B = station(0xb);
  private static final long EXPIRY = 1000;
  private static final MeshPathState BEFORE_ANY = state(0, 0, 0);
  private static final MeshPathState FRESH = state(B, EXPIRY, USABLE);

  private final DevicePaths paths =
      new DevicePaths(
          MESH0, TableSettings.of(256, Long.MAX_VALUE), event -> {}, device -> ChurnMeasures.NONE);

  @Test
  void pathIsActiveOnceItIsUsable() {
    assign(A, FRESH);
    assertThat(isActive(A)).isTrue();
    assertThat(count(EXPIRE)).isZero();
  }

  @Test
  void activateIsCountedByItself() {
    assign(A, FRESH);
    apply(A, 2, ACTIVATE, BEFORE_ANY, FRESH);
    assertThat(isActive(A)).isTrue();
    assertThat(count(ACTIVATE)).isOne();
  }

  @Test
  void deactivatedPathIsInactiveAndExpiresNoMore() {
    assign(A, FRESH);
    apply(A, 2, DEACTIVATE, FRESH, state(B, EXPIRY, UNUSABLE));
    assertThat(isActive(A)).isFalse();
    paths.expire(EXPIRY + 1);
    assertThat(count(EXPIRE)).isZero();
    assertThat(count(DEACTIVATE)).isOne();
  }

  @Test
  void expiresAfterItsTimeOnly() {
    assign(A, FRESH);
    paths.expire(EXPIRY);
    assertThat(isActive(A)).isTrue();
    assertThat(count(EXPIRE)).isZero();
    paths.expire(EXPIRY + 1);
    assertThat(isActive(A)).isFalse();
    assertThat(count(EXPIRE)).isOne();
  }

  @Test
  void expiresOnce() {
    assign(A, FRESH);
    paths.expire(EXPIRY + 1);
    paths.expire(EXPIRY + 2);
    paths.expire(Long.MAX_VALUE);
    assertThat(count(EXPIRE)).isOne();
  }

  @Test
  void expiryIsCausedByTime() {
    assign(A, FRESH);
    paths.expire(EXPIRY + 1);
    assertThat(paths.snapshot(0).events()).contains(new EventCount(EXPIRE, PathCause.TIMER, 1));
  }

  @Test
  void expiredEntryStays() {
    assign(A, FRESH);
    paths.expire(EXPIRY + 1);
    assertThat(Events.withoutLife(paths.snapshot(0).paths()))
        .containsExactly(new PathSnapshot(A, true, false, B, 0, 0, false, false, 0));
  }

  @Test
  void refreshMovesTheTime() {
    assign(A, FRESH);
    apply(A, 2, REASSIGN, FRESH, state(B, 2 * EXPIRY, USABLE));
    paths.expire(2 * EXPIRY);
    assertThat(isActive(A)).isTrue();
    paths.expire(2 * EXPIRY + 1);
    assertThat(isActive(A)).isFalse();
    assertThat(count(EXPIRE)).isOne();
  }

  @Test
  void knowsWhenTheNextOneMayExpire() {
    assertThat(paths.nextExpiryNs()).isEqualTo(Long.MAX_VALUE);
    assign(A, state(B, 3000, USABLE));
    assign(B, state(B, 2000, USABLE));
    assertThat(paths.nextExpiryNs()).isEqualTo(2000);
    paths.expire(2001);
    assertThat(paths.nextExpiryNs()).isEqualTo(3000);
    paths.expire(3001);
    assertThat(paths.nextExpiryNs()).isEqualTo(Long.MAX_VALUE);
    assertThat(count(EXPIRE)).isEqualTo(2);
  }

  @Test
  void refreshedPathDoesNotKeepTheOldTime() {
    assign(A, FRESH);
    apply(A, 2, REASSIGN, FRESH, state(B, 2 * EXPIRY, USABLE));
    paths.expire(EXPIRY + 1);
    assertThat(paths.nextExpiryNs()).isEqualTo(2 * EXPIRY);
  }

  @Test
  void kernelThatNoticesFirstMakesItExpireOnce() {
    assign(A, FRESH);
    MeshPathState noticed = state(B, EXPIRY, UNUSABLE);
    apply(A, EXPIRY + 5, REASSIGN, noticed, state(B, 3 * EXPIRY, USABLE));
    assertThat(count(EXPIRE)).isOne();
    apply(A, EXPIRY + 5, ACTIVATE, noticed, state(B, 3 * EXPIRY, USABLE));
    paths.expire(EXPIRY + 100);
    assertThat(count(EXPIRE)).isOne();
    assertThat(isActive(A)).isTrue();
  }

  @Test
  void kernelThatOnlySeesThatTheTimeIsOverMakesItExpire() {
    assign(A, FRESH);
    MeshPathState over = state(B, EXPIRY, USABLE | MeshPathState.EXPIRED);
    apply(A, EXPIRY + 5, REASSIGN, over, state(B, 3 * EXPIRY, USABLE));
    assertThat(count(EXPIRE)).isOne();
  }

  @Test
  void eventThatAWalkOvertookDoesNotMakeItExpire() {
    MeshPathState after = state(B, 5_000_000_000L, USABLE);
    assign(A, after);
    apply(A, 5_000_000_000L - 20_000_001, REASSIGN, state(B, EXPIRY, UNUSABLE), after);
    assertThat(count(EXPIRE)).isZero();
    assertThat(isActive(A)).isTrue();
  }

  @Test
  void kernelThatNoticesLaterDoesNotCountAgain() {
    assign(A, FRESH);
    paths.expire(EXPIRY + 1);
    apply(A, EXPIRY + 5, REASSIGN, state(B, EXPIRY, UNUSABLE), state(B, 3 * EXPIRY, USABLE));
    assertThat(count(EXPIRE)).isOne();
  }

  @Test
  void fixedPathNeverExpires() {
    MeshPathState fixed = state(B, EXPIRY, USABLE | MeshPathState.FIXED);
    assign(A, fixed);
    apply(A, 2, FIX, BEFORE_ANY, fixed);
    paths.expire(Long.MAX_VALUE);
    assertThat(paths.nextExpiryNs()).isEqualTo(Long.MAX_VALUE);
    assertThat(isActive(A)).isTrue();
    assertThat(count(EXPIRE)).isZero();
  }

  @Test
  void pathWithoutExpiryTimeNeverExpires() {
    assign(A, state(B, 0, USABLE));
    paths.expire(Long.MAX_VALUE);
    assertThat(isActive(A)).isTrue();
    assertThat(count(EXPIRE)).isZero();
  }

  @Test
  void failedDiscoveryLetsUsablePathExpireAtOnce() {
    assign(A, FRESH);
    apply(A, 400, DISCOVERY_STARTED, null, state(B, EXPIRY, REFRESHING));
    apply(A, 500, DISCOVERY_FAILED, null, state(B, 500, USABLE));
    assertThat(isActive(A)).isTrue();
    paths.expire(501);
    assertThat(isActive(A)).isFalse();
    assertThat(paths.snapshot(0).events())
        .contains(new EventCount(EXPIRE, PathCause.TIMER, 1))
        .contains(new EventCount(DISCOVERY_FAILED, PathCause.TIMER, 1));
  }

  @Test
  void failedDiscoveryOfUnusablePathIsNoExpiry() {
    assign(A, state(B, EXPIRY, UNUSABLE));
    apply(A, 500, DISCOVERY_FAILED, null, state(B, 500, 0));
    paths.expire(Long.MAX_VALUE);
    assertThat(count(EXPIRE)).isZero();
  }

  @Test
  void deletionOfPathThatExpiredUnnoticedCountsBoth() {
    assign(A, FRESH);
    apply(A, EXPIRY + 5, DELETE, state(B, EXPIRY, USABLE | MeshPathState.EXPIRED), null);
    assertThat(count(EXPIRE)).isOne();
    assertThat(count(DELETE)).isOne();
    assertThat(paths.hasLivePaths()).isFalse();
  }

  @Test
  void deletionOfExpiredPathCountsItsExpiryOnce() {
    assign(A, FRESH);
    paths.expire(EXPIRY + 1);
    apply(A, EXPIRY + 5, DELETE, state(B, EXPIRY, UNUSABLE), null);
    assertThat(count(EXPIRE)).isOne();
    assertThat(count(DELETE)).isOne();
  }

  @Test
  void deletionOfUsablePathIsNoExpiry() {
    assign(A, FRESH);
    apply(A, 5, DELETE, FRESH, null);
    paths.expire(Long.MAX_VALUE);
    assertThat(count(EXPIRE)).isZero();
  }

  @Test
  void tableGivesTheKernelTwoJiffies() {
    MeshPathTable table = new MeshPathTable(256, Long.MAX_VALUE);
    assertThat(table.dueNs()).isEqualTo(Long.MAX_VALUE);
    table.apply(event(MESH0, A, 1, ASSIGN, PathCause.PREP, BEFORE_ANY, FRESH));
    assertThat(table.dueNs()).isEqualTo(EXPIRY + 20_000_000);
    table.expire(EXPIRY + 20_000_000);
    assertThat(table.snapshot(0).getFirst().events(EXPIRE)).isZero();
    table.expire(EXPIRY + 20_000_001);
    assertThat(table.snapshot(0).getFirst().events(EXPIRE)).isOne();
  }

  private void assign(long destination, MeshPathState after) {
    apply(destination, 1, ASSIGN, BEFORE_ANY, after);
  }

  private void apply(
      long destination,
      long ktimeNs,
      MeshPathChange change,
      @Nullable MeshPathState before,
      @Nullable MeshPathState after) {
    PathCause cause =
        change.subject() == MeshPathChange.Subject.PATH ? PathCause.PREP : PathCause.TIMER;
    paths.apply(event(MESH0, destination, ktimeNs, change, cause, before, after));
  }

  private long count(MeshPathChange change) {
    return paths.snapshot(0).events(change);
  }

  private boolean isActive(long destination) {
    return paths.snapshot(0).paths().stream()
        .filter(path -> path.destination() == destination)
        .findFirst()
        .orElseThrow()
        .active();
  }
}
