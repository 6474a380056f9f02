package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.record.MalformedRecordException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathCauseTest {
  @ParameterizedTest
  @EnumSource
  void codeIsThatOfTheCHeader(PathCause cause) {
    try (BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path")) {
      assertThat(object.btf().enumValue("path_cause", "PATH_CAUSE_" + cause.name()))
          .isEqualTo(cause.code());
    }
  }

  @ParameterizedTest
  @EnumSource
  void codeLeadsBack(PathCause cause) {
    assertThat(PathCause.of(cause.code())).isEqualTo(cause);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 65535, -1})
  void rejectsUnknownCode(int code) {
    assertThatThrownBy(() -> PathCause.of(code))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("path cause " + code);
  }

  @Test
  void wordsAreThoseOfTheMetricLabels() {
    assertThat(PathCause.values())
        .extracting(PathCause::word)
        .containsExactly(
            "unknown",
            "preq",
            "prep",
            "perr",
            "rann",
            "data_tx",
            "data_rx",
            "tx_failure",
            "peer_loss",
            "user",
            "interface",
            "timer",
            "data_unwatched",
            "peering",
            "beacon");
  }

  @Test
  void codesEndBeforeTheArraysOfCounters() {
    assertThat(PathCause.values()).hasSize(PathCause.CODES);
  }
}
