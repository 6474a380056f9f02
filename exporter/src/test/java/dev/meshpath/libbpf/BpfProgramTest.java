package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.collector.meshpath.MeshPathRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BpfProgramTest {
  private final TestRing kernel = new TestRing();

  @AfterEach
  void close() {
    kernel.close();
  }

  @Test
  void testRunRunsItAsOftenAsAsked() {
    kernel.program("emit").testRun(12);
    assertThat(kernel.kernel().seen()).isEqualTo(12);
  }

  @Test
  void attachedProgramSeesWhatHappens() {
    try (BpfLink link = kernel.program("count_system_calls").attach()) {
      assertThat(link).isNotNull();
      long before = kernel.kernel().healed();
      kernel.libc().close(kernel.libc().eventfd());
      assertThat(kernel.kernel().healed()).isGreaterThanOrEqualTo(before + 2);
    }
  }

  @Test
  void closedLinkSeesNothingMore() {
    kernel.program("count_system_calls").attach().close();
    long after = kernel.kernel().healed();
    kernel.libc().close(kernel.libc().eventfd());
    assertThat(kernel.kernel().healed()).isEqualTo(after);
  }

  @Test
  void attachSaysWhyItFailed() {
    assertThatThrownBy(() -> kernel.program("emit").attach())
        .isInstanceOf(BpfException.class)
        .hasMessageStartingWith(
            "bpf_program__attach(emit) failed: Operation not supported (errno 95)");
  }

  @Test
  void runPassesItsArgument() {
    kernel.program("emit_argument").run(0x1234_5678);
    kernel.program("emit_argument").run(9);
    List<Integer> details = new ArrayList<>();
    kernel
        .ring()
        .drain(
            (data, record, length) -> details.add(MeshPathRecord.decode(data, record).detail()),
            10);
    assertThat(details).containsExactly(0x1234_5678, 9);
  }

  @Test
  void runSaysWhyItFailed() {
    assertThatThrownBy(() -> kernel.program("emit").run(1))
        .isInstanceOf(BpfException.class)
        .hasMessageStartingWith("bpf_prog_test_run_opts(emit) failed: Invalid argument (errno 22)");
  }

  @Test
  void programThatNeverMetItselfMissedNothing() {
    kernel.program("emit_argument").run(1);
    assertThat(kernel.program("emit_argument").recursionMisses()).isZero();
  }

  @Test
  void programThatMeetsItselfIsSkippedOnce() {
    BpfProgram program = kernel.program("meet_itself");
    try (BpfLink link = program.attach()) {
      assertThat(link).isNotNull();
      program.run(0);
      program.run(0);
    }
    assertThat(program.recursionMisses()).isEqualTo(2);
  }

  @Test
  void isLoadedWithItsObject() {
    assertThat(kernel.program("emit").isLoaded()).isTrue();
    assertThat(kernel.program("count_calls").isLoaded()).isFalse(); // no autoload
  }

  @Test
  void missesOfProgramThatIsNotLoadedAreRefused() {
    assertThatThrownBy(() -> kernel.program("count_calls").recursionMisses())
        .isInstanceOf(BpfException.class)
        .hasMessageStartingWith(
            "bpf_obj_get_info_by_fd(count_calls) failed: File descriptor in bad state (errno 77)");
  }
}
