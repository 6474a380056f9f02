package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BpfExceptionTest {
  @Test
  void namesCallAndError() {
    assertThat(new BpfException("bpf_object__load(x)", 1, "Operation not permitted", List.of()))
        .hasMessage("bpf_object__load(x) failed: Operation not permitted (errno 1).");
  }

  @Test
  void quotesLibbpf() {
    assertThat(new BpfException("f()", 22, "Invalid argument", List.of("first", "second")))
        .hasMessage("f() failed: Invalid argument (errno 22); libbpf said: first | second");
  }

  @Test
  void keepsErrnoAndLog() {
    BpfException e = new BpfException("f()", 22, "Invalid argument", List.of("first", "second"));
    assertThat(e.errno()).isEqualTo(22);
    assertThat(e.log()).containsExactly("first", "second");
  }
}
