package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.IgnoredElements.Count;
import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.Libbpf;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredElementsTest {
  private static final int PREQ = 130;

  private final IgnoredElements ignored = new IgnoredElements();

  @Test
  void beginsWithWhatHappensInAnyMesh() {
    assertThat(ignored.snapshot())
        .containsExactly(
            new Count("preq", "own", 0),
            new Count("preq", "stale_sn", 0),
            new Count("preq", "worse_metric", 0),
            new Count("prep", "stale_sn", 0),
            new Count("prep", "worse_metric", 0),
            new Count("perr", "stale_sn", 0),
            new Count("perr", "no_path", 0),
            new Count("perr", "not_next_hop", 0),
            new Count("rann", "own", 0),
            new Count("rann", "stale_sn", 0),
            new Count("rann", "worse_metric", 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void reasonIsThatOfTheCHeader(int code) {
    ignored.count(PREQ, code);
    String word = happened().getFirst().reason().toUpperCase(Locale.ROOT);
    try (BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path")) {
      assertThat(object.btf().enumValue("hwmp_ignored", "HWMP_IGNORED_" + word)).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({"130, preq", "131, prep", "132, perr", "126, rann", "0, other", "999, other"})
  void elementIsNamedByItsId(int id, String word) {
    ignored.count(id, 1);
    assertThat(happened()).containsExactly(new Count(word, "own", 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, -1, Integer.MAX_VALUE})
  void reasonThatWeDoNotKnowIsUnknown(int code) {
    ignored.count(PREQ, code);
    assertThat(happened()).containsExactly(new Count("preq", "unknown", 1));
  }

  @Test
  void countsByElementAndReason() {
    ignored.count(132, 7);
    ignored.count(PREQ, 2);
    ignored.count(PREQ, 2);
    ignored.count(PREQ, 3);
    assertThat(happened())
        .containsExactly(
            new Count("preq", "stale_sn", 2),
            new Count("preq", "worse_metric", 1),
            new Count("perr", "not_next_hop", 1));
  }

  private List<Count> happened() {
    return ignored.snapshot().stream().filter(count -> count.count() != 0).toList();
  }
}
