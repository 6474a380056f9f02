package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.ffi.LibC;
import org.junit.jupiter.api.Test;

class LibbpfTest {
  private final LibC libc = new LibC();

  @Test
  void versionIsMajorAndMinor() {
    assertThat(new Libbpf(libc).version()).matches("1\\.[1-9]\\d*");
  }

  @Test
  void worksWithTheCLibraryItWasGiven() {
    assertThat(new Libbpf(libc).libc()).isSameAs(libc);
  }
}
