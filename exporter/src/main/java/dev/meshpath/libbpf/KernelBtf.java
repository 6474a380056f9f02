package dev.meshpath.libbpf;

import dev.meshpath.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The running kernel's BTF. */
public final class KernelBtf {
  private final Path directory;

  /**
   * @param directory {@code /sys/kernel/btf} but in tests
   */
  public KernelBtf(Path directory) {
    this.directory = directory;
  }

  /**
   * Checks that the kernel describes its types.
   *
   * @throws Failure if it does not
   */
  public void require() {
    if (!Files.isReadable(directory.resolve("vmlinux"))) {
      throw new Failure(
          "this kernel has no BTF ("
              + directory.resolve("vmlinux")
              + " is missing): use a kernel built with CONFIG_DEBUG_INFO_BTF, as those of Debian.");
    }
  }

  /**
   * The functions of a module, told to libbpf, so that their programs can be loaded.
   *
   * @return with no function if the module is not loaded, has no BTF, or BTF that cannot be read
   */
  public ModuleFunctions functions(Libbpf libbpf, String module) {
    return indexes(module)
        .map(indexes -> ModuleFunctions.of(libbpf, module, indexes))
        .orElseGet(() -> ModuleFunctions.none(libbpf));
  }

  /**
   * The functions of a module that BPF programs can attach to by fentry and fexit.
   *
   * @return empty if the module is not loaded, has no BTF, or BTF that cannot be read
   */
  public Optional<Set<String>> functionsOfModule(String module) {
    return indexes(module).map(Map::keySet);
  }

  private Optional<Map<String, Integer>> indexes(String module) {
    Path file = directory.resolve(module);
    try (InputStream vmlinux = Files.newInputStream(directory.resolve("vmlinux"))) {
      return Optional.of(
          Btf.parseSplit(Files.readAllBytes(file), vmlinux.readNBytes(24)).functions());
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
