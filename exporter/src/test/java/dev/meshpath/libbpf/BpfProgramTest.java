package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
