package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.MeshPathChange.Subject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExpectedCausesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "ADD: PREQ PREP RANN DATA_TX USER",
        "ADD_FAILED: PREQ PREP RANN DATA_TX USER",
        "ASSIGN: PREQ PREP USER",
        "CHANGE: PREQ PREP USER",
        "REASSIGN: PREQ PREP USER",
        "FIX: USER",
        "ACTIVATE: PREQ PREP USER",
        "DEACTIVATE: PERR TX_FAILURE",
        "EXPIRE: TIMER",
        "DELETE: DATA_TX PEER_LOSS USER INTERFACE TIMER",
        "SN: PREQ RANN",
        "DISCOVERY_QUEUED: RANN DATA_TX DATA_RX",
        "DISCOVERY_STARTED: RANN DATA_TX DATA_RX",
        "DISCOVERY_RETRIED: TIMER",
        "DISCOVERY_FAILED: TIMER",
        "DISCOVERY_ENDED: TIMER",
        "PROXY_ADD: DATA_RX",
        "PROXY_CHANGE: DATA_RX",
        "PROXY_DELETE: USER INTERFACE TIMER"
      })
  void areWhatTheKernelCanDo(MeshPathChange change, String causes) {
    assertThat(ExpectedCauses.of(change))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(causes.split(" ")).map(PathCause::valueOf).toList());
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "GATE_ADD",
        "GATE_DELETE",
        "ROOT_ADD",
        "ROOT_DELETE",
        "HWMP_IGNORED",
        "PEER_STATE",
        "WALK_BEGIN",
        "WALK_PATH",
        "WALK_PROXY",
        "WALK_PEER",
        "WALK_END"
      })
  void areNoneWhereTheCauseIsNoLabel(MeshPathChange change) {
    assertThat(ExpectedCauses.of(change)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void defectIsNeverExpected(MeshPathChange change) {
    assertThat(ExpectedCauses.of(change))
        .doesNotContain(PathCause.UNKNOWN, PathCause.DATA_UNWATCHED);
  }

  @Test
  void seriesOfADeviceStayFew() {
    assertThat(
            Arrays.stream(MeshPathChange.values())
                .filter(change -> change.subject() == Subject.PATH)
                .mapToInt(change -> ExpectedCauses.of(change).size())
                .sum())
        .isEqualTo(33);
  }
}
