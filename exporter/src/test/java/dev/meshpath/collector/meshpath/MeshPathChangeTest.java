package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.record.MalformedRecordException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshPathChangeTest {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXPIRE") // no function of the kernel does it
  void codeIsThatOfTheCHeader(MeshPathChange change) {
    try (BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path")) {
      assertThat(object.btf().enumValue("mesh_path_change", "MESH_PATH_" + change.name()))
          .isEqualTo(change.code());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXPIRE")
  void codeLeadsBack(MeshPathChange change) {
    assertThat(MeshPathChange.of(change.code())).isEqualTo(change);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 31, 65535, -1})
  void rejectsUnknownCode(int code) {
    assertThatThrownBy(() -> MeshPathChange.of(code))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("mesh path change " + code);
  }

  @Test
  void wordsAreThoseOfTheMetricLabels() {
    assertThat(MeshPathChange.values())
        .extracting(change -> change.subject() + " " + change.word())
        .containsExactly(
            "PATH add",
            "PATH add_failed",
            "PATH assign",
            "PATH change",
            "PATH reassign",
            "PATH delete",
            "PATH fix",
            "PATH activate",
            "PATH deactivate",
            "PATH sn",
            "DISCOVERY queued",
            "DISCOVERY started",
            "DISCOVERY retried",
            "DISCOVERY failed",
            "DISCOVERY ended",
            "PROXY add",
            "PROXY change",
            "PROXY delete",
            "GATE add",
            "GATE delete",
            "ROOT add",
            "ROOT delete",
            "HWMP ignored",
            "PEER state",
            "WALK begin",
            "WALK path",
            "WALK proxy",
            "WALK peer",
            "WALK end",
            "PATH expire");
  }

  @Test
  void codesAreInOrder() {
    assertThat(MeshPathChange.values())
        .extracting(MeshPathChange::code)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 30).boxed().toList());
  }

  @Test
  void codesEndBeforeTheArraysOfCounters() {
    assertThat(MeshPathChange.values())
        .extracting(MeshPathChange::code)
        .allMatch(code -> code < MeshPathChange.CODES);
  }
}
