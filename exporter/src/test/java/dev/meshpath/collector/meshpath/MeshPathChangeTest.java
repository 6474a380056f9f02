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

class MeshPathChangeTest {
  @ParameterizedTest
  @EnumSource
  void codeIsThatOfTheCHeader(MeshPathChange change) {
    try (BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path")) {
      assertThat(object.btf().enumValue("mesh_path_change", "MESH_PATH_" + change.name()))
          .isEqualTo(change.code());
    }
  }

  @ParameterizedTest
  @EnumSource
  void codeLeadsBack(MeshPathChange change) {
    assertThat(MeshPathChange.of(change.code())).isEqualTo(change);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 65535, -1})
  void rejectsUnknownCode(int code) {
    assertThatThrownBy(() -> MeshPathChange.of(code))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("mesh path change " + code);
  }

  @Test
  void wordsAreThoseOfTheMetricLabels() {
    assertThat(MeshPathChange.values())
        .extracting(MeshPathChange::word)
        .containsExactly("add", "add_failed", "assign", "change", "reassign", "delete");
  }

  @Test
  void codesEndBeforeTheArraysOfCounters() {
    assertThat(MeshPathChange.values())
        .extracting(MeshPathChange::code)
        .allMatch(code -> code < MeshPathChange.CODES);
  }
}
