package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelBtfTest {
  @Test
  void requiresVmlinux(@TempDir Path directory) {
    assertThatThrownBy(() -> new KernelBtf(directory).require())
        .isInstanceOf(Failure.class)
        .hasMessage(
            "this kernel has no BTF ("
                + directory
                + "/vmlinux is missing): use a kernel built with CONFIG_DEBUG_INFO_BTF, as those of"
                + " Debian.");
  }

  @Test
  void isContentWithVmlinux(@TempDir Path directory) throws IOException {
    writeVmlinux(directory);
    assertThatCode(() -> new KernelBtf(directory).require()).doesNotThrowAnyException();
  }

  @Test
  void knowsFunctionsOfModule(@TempDir Path directory) throws IOException {
    writeVmlinux(directory);
    Files.write(directory.resolve("mac80211"), module());
    assertThat(new KernelBtf(directory).functionsOfModule("mac80211"))
        .contains(Set.of("mesh_path_add"));
  }

  @Test
  void moduleThatIsNotLoadedHasNone(@TempDir Path directory) throws IOException {
    writeVmlinux(directory);
    assertThat(new KernelBtf(directory).functionsOfModule("mac80211")).isEmpty();
  }

  @Test
  void unreadableBtfIsNone(@TempDir Path directory) throws IOException {
    writeVmlinux(directory);
    Files.writeString(directory.resolve("mac80211"), "no BTF at all, but longer than its header");
    assertThat(new KernelBtf(directory).functionsOfModule("mac80211")).isEmpty();
  }

  @Test
  void kernelWithoutBtfHasNoModules(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("mac80211"), module());
    assertThat(new KernelBtf(directory).functionsOfModule("mac80211")).isEmpty();
  }

  private static void writeVmlinux(Path directory) throws IOException {
    Files.write(directory.resolve("vmlinux"), new BtfBytes().bytes());
  }

  /** After a vmlinux that has the empty string only. */
  private static byte[] module() {
    return new BtfBytes(1).function("mesh_path_add", 1).bytes();
  }
}
