package dev.meshpath.ffi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.failure.Failure;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
  @Test
  void namesTheLibraryThatIsMissing() {
    assertThatThrownBy(() -> NativeLibrary.open("libmissing.so.9", "install it"))
        .isInstanceOf(Failure.class)
        .hasMessage("libmissing.so.9 cannot be loaded: install it.");
  }

  @Test
  void namesTheFunctionThatIsMissing() {
    NativeLibrary library = NativeLibrary.open("libbpf.so.1", "install a newer one");
    assertThatThrownBy(() -> library.link("bpf_not_yet_there"))
        .isInstanceOf(Failure.class)
        .hasMessage("libbpf.so.1 has no bpf_not_yet_there(), it is too old: install a newer one.");
  }

  @Test
  void stringOfNullIsEmpty() {
    assertThat(NativeLibrary.string(0)).isEmpty();
  }
}
