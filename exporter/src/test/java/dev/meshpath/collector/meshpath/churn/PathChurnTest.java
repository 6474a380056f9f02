package dev.meshpath.collector.meshpath.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathChurnTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;
  private static final long A = 1;
  private static final long B = 2;
  private static final long C = 3;

  private final PathChurn path = new PathChurn(ChurnSettings.DEFAULT);
  private final List<String> measured = new ArrayList<>();
  private final ChurnMeasures measures =
      new ChurnMeasures() {
        @Override
        public void gone() {}

        @Override
        public void nextHopLasted(long ns) {
          measured.add("next hop " + ns / MS);
        }

        @Override
        public void pathLasted(PathEnd end, long ns) {
          measured.add("path " + end.word() + " " + ns / MS);
        }

        @Override
        public void outageLasted(long ns) {
          measured.add("outage " + ns / MS);
        }

        @Override
        public void metricChanged(double ratio) {
          measured.add("ratio " + ratio);
        }

        @Override
        public void discoveryTook(boolean resolved, long ns) {
          measured.add((resolved ? "resolved " : "failed ") + ns / MS);
        }
      };

  private ChangeClass change(long from, long to, long nowNs) {
    return path.changed(from, to, false, false, nowNs, measures);
  }

  @Test
  void changeScoresAndHalves() {
    path.added(0);
    path.assigned(A, 0);
    assertThat(path.penalty(10 * SECOND)).isZero();
    change(A, B, 10 * SECOND);
    assertThat(path.penalty(10 * SECOND)).isEqualTo(1000);
    assertThat(path.penalty(70 * SECOND)).isCloseTo(500, within(1e-9));
    assertThat(path.penalty(130 * SECOND)).isCloseTo(250, within(1e-9));
    assertThat(path.returns()).isZero();
  }

  @Test
  void returnScoresMore() {
    path.assigned(A, 0);
    change(A, B, 10 * SECOND);
    change(B, A, 20 * SECOND);
    assertThat(path.penalty(20 * SECOND))
        .isCloseTo(1000 * Math.pow(0.5, 10 / 60.0) + 1500, within(1e-9));
    assertThat(path.returns()).isOne();
  }

  @Test
  void thirdNeighbourIsNoReturn() {
    path.assigned(A, 0);
    change(A, B, 10 * SECOND);
    change(B, C, 20 * SECOND);
    assertThat(path.returns()).isZero();
  }

  @Test
  void returnAfterTheWindowIsNone() {
    path.assigned(A, 0);
    change(A, B, 0);
    change(B, A, 61 * SECOND);
    assertThat(path.returns()).isZero();
    assertThat(path.penalty(61 * SECOND)).isLessThan(1500);
  }

  /** The copies of one flood: counted as changes elsewhere, one move for the score. */
  @Test
  void burstIsOneMove() {
    path.assigned(A, 0);
    change(A, B, 10 * SECOND);
    change(B, A, 10 * SECOND + MS);
    change(A, C, 10 * SECOND + 2 * MS);
    change(C, B, 11 * SECOND - 1);
    assertThat(path.penalty(10 * SECOND)).isEqualTo(1000);
    assertThat(path.returns()).isOne();
    change(B, A, 11 * SECOND);
    assertThat(path.penalty(11 * SECOND)).isGreaterThan(1980);
  }

  @Test
  void refreshesScoreNothing() {
    path.added(0);
    path.assigned(A, 0);
    path.activated(0, measures);
    for (int i = 1; i <= 1000; i++) {
      path.refreshed(i * SECOND);
    }
    assertThat(path.penalty(1000 * SECOND)).isZero();
    assertThat(path.isFlapping(1000 * SECOND)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"30, true", "35, true", "60, false", "90, false"})
  void flapsWithChangesOften(int everySeconds, boolean flaps) {
    path.assigned(A, 0);
    long nowNs = 0;
    for (int i = 0; i < 100; i++) {
      nowNs += everySeconds * SECOND;
      path.changed(A + i, A + i + 1, false, false, nowNs, measures);
    }
    assertThat(path.isFlapping(nowNs)).isEqualTo(flaps);
  }

  @Test
  void quietensFourMinutesAfterTheCeiling() {
    path.assigned(A, 0);
    for (int i = 1; i <= 100; i++) {
      change(i % 2 == 0 ? B : A, i % 2 == 0 ? A : B, i * 2L * SECOND);
    }
    long endNs = 200 * SECOND;
    assertThat(path.penalty(endNs)).isEqualTo(12_000);
    assertThat(path.isFlapping(endNs + 240 * SECOND)).isTrue();
    assertThat(path.isFlapping(endNs + 240 * SECOND + SECOND)).isFalse();
  }

  @Test
  void hysteresisKeepsBetweenTheThresholds() {
    path.assigned(A, 0);
    change(A, B, 2 * SECOND);
    change(B, C, 4 * SECOND);
    assertThat(path.isFlapping(4 * SECOND)).isFalse();
    change(C, A, 6 * SECOND);
    assertThat(path.penalty(6 * SECOND)).isLessThan(3000);
    change(A, B, 8 * SECOND);
    assertThat(path.isFlapping(8 * SECOND)).isTrue();
    assertThat(path.penalty(60 * SECOND)).isBetween(750.0, 3000.0);
    assertThat(path.isFlapping(60 * SECOND)).isTrue();
    // quiet once, it takes the upper threshold again
    change(B, C, 300 * SECOND);
    assertThat(path.penalty(300 * SECOND)).isGreaterThan(750);
    assertThat(path.isFlapping(300 * SECOND)).isFalse();
  }

  @Test
  void expiredPathThatComesBackSoonScores() {
    path.added(0);
    path.assigned(A, 0);
    path.activated(0, measures);
    path.expired(5 * SECOND);
    path.activated(65 * SECOND, measures);
    assertThat(path.penalty(65 * SECOND)).isEqualTo(1000);
    path.expired(70 * SECOND);
    path.activated(131 * SECOND, measures);
    assertThat(path.penalty(131 * SECOND)).isLessThan(1000);
    assertThat(measured).containsExactly("outage 60000", "outage 61000");
  }

  @Test
  void deletedPathThatIsAddedAgainScoresOnce() {
    path.added(0);
    path.assigned(A, 0);
    path.activated(0, measures);
    path.deleted(PathEnd.PEER_LOSS, true, 5 * SECOND, measures);
    path.added(6 * SECOND);
    path.assigned(A, 8 * SECOND);
    path.activated(8 * SECOND, measures);
    assertThat(path.penalty(6 * SECOND)).isEqualTo(1000);
    assertThat(measured).containsExactly("next hop 5000", "path peer_loss 5000", "outage 3000");
  }

  @Test
  void brokenPathThatIsRepairedScoresNothing() {
    path.added(0);
    path.assigned(A, 0);
    path.activated(0, measures);
    path.deactivated(PathEnd.PERR, 5 * SECOND);
    path.activated(6 * SECOND, measures);
    path.deactivated(PathEnd.PEER_LOSS, 7 * SECOND);
    path.deleted(PathEnd.DELETE, false, 8 * SECOND, measures);
    path.added(9 * SECOND);
    assertThat(path.penalty(9 * SECOND)).isZero();
  }

  @Test
  void pathThatExistedAtTheStartHasNoAge() {
    path.found();
    path.corrected(A, true);
    assertThat(change(A, B, 10 * SECOND)).isEqualTo(ChangeClass.BETTER_METRIC);
    path.deleted(PathEnd.EXPIRE, true, 15 * SECOND, measures);
    assertThat(measured).containsExactly("next hop 5000");
  }

  @Test
  void agedPathEndedWhenItsUseDid() {
    path.added(0);
    path.activated(SECOND, measures);
    path.deactivated(PathEnd.PERR, 2 * SECOND);
    path.deleted(PathEnd.EXPIRE, false, 600 * SECOND, measures);
    assertThat(measured).containsExactly("path perr 600000");
  }

  @Test
  void changesHaveTheirReasons() {
    path.added(0);
    path.assigned(A, 0);
    path.activated(0, measures);
    assertThat(path.changed(A, B, true, true, 1, measures)).isEqualTo(ChangeClass.COMMAND);
    assertThat(path.changed(B, A, false, true, 2, measures)).isEqualTo(ChangeClass.FRESHER_SN);
    assertThat(change(A, B, 3)).isEqualTo(ChangeClass.BETTER_METRIC);
    path.deactivated(PathEnd.PEER_LOSS, 4);
    assertThat(change(B, A, 5)).isEqualTo(ChangeClass.PEER_LOST);
    path.activated(5, measures);
    path.deactivated(PathEnd.PERR, 6);
    assertThat(change(A, B, 7)).isEqualTo(ChangeClass.ERROR_FRAME);
    path.activated(7, measures);
    path.expired(8);
    assertThat(change(B, A, 9)).isEqualTo(ChangeClass.EXPIRED);
  }

  @Test
  void discoveryTakesUntilTheNextHop() {
    path.added(0);
    path.discoveryStarted(10 * MS);
    path.assigned(A, 14 * MS);
    path.refreshed(15 * MS);
    path.discoveryEnded(true, 110 * MS, measures);
    path.discoveryStarted(200 * MS);
    path.discoveryEnded(false, 900 * MS, measures);
    path.discoveryEnded(true, 901 * MS, measures); // its beginning was lost
    assertThat(measured).containsExactly("resolved 4", "failed 700");
  }

  @Test
  void tableOfTheKernelKnowsBetter() {
    path.assigned(A, 0);
    path.corrected(B, true);
    change(B, A, 10 * SECOND);
    assertThat(path.returns()).isZero();
    assertThat(measured).isEmpty();
  }

  @Test
  void useThatBeganUnseenEndsAnOutageOfUnknownLength() {
    path.added(0);
    path.assigned(A, 0);
    path.activated(0, measures);
    path.expired(5 * SECOND);
    path.corrected(A, false);
    path.corrected(A, true);
    assertThat(change(A, B, 6 * SECOND)).isEqualTo(ChangeClass.BETTER_METRIC);
    path.activated(7 * SECOND, measures);
    assertThat(measured).containsExactly("next hop 6000");
    assertThat(path.penalty(6 * SECOND)).isEqualTo(1000);
  }

  @Test
  void otherNextHopAfterADeletionIsWhereAReturnGoesBackTo() {
    path.added(0);
    path.assigned(A, 0);
    path.deleted(PathEnd.PEER_LOSS, false, SECOND, measures);
    path.added(2 * SECOND);
    path.assigned(B, 2 * SECOND);
    change(B, A, 3 * SECOND);
    assertThat(path.returns()).isOne();
  }
}
