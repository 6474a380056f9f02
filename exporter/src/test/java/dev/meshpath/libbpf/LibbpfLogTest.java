package dev.meshpath.libbpf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.meshpath.ffi.LibC;
import org.junit.jupiter.api.Test;

class LibbpfLogTest {
  private static final byte[] GARBAGE = "this is no ELF file".repeat(20).getBytes(US_ASCII);

  private final Libbpf libbpf = new Libbpf(new LibC());

  @Test
  void wordsOfLibbpfAreInTheException() {
    assertThat(failToOpen("garbage").log())
        .singleElement()
        .asString()
        .startsWith("libbpf: ")
        .contains("garbage");
  }

  @Test
  void wordsOfLibbpfAreInTheSentence() {
    BpfException e = failToOpen("garbage");
    assertThat(e)
        .hasMessageStartingWith("bpf_object__open_mem(garbage) failed: ")
        .hasMessageEndingWith("; libbpf said: " + e.log().getFirst());
  }

  @Test
  void wordsOfFormerFailureAreGone() {
    failToOpen("former");
    assertThat(failToOpen("latter").log()).noneMatch(line -> line.contains("former"));
  }

  private BpfException failToOpen(String name) {
    return catchThrowableOfType(
        BpfException.class, () -> BpfObject.open(libbpf, name, GARBAGE).close());
  }
}
