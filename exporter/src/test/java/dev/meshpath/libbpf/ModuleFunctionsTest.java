package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleFunctionsTest {
  private static final Path KERNEL = Path.of("/sys/kernel/btf");

  private final Libbpf libbpf = FunctionTargetsTest.LIBBPF; // one instance a process

  @Test
  void noneHasNone() {
    try (ModuleFunctions none = ModuleFunctions.none(libbpf)) {
      assertThat(none.names()).isEmpty();
    }
  }

  @Test
  void moduleWithoutBtfFileHasNone(@TempDir Path directory) {
    try (ModuleFunctions none = new KernelBtf(directory).functions(libbpf, "mac80211")) {
      assertThat(none.names()).isEmpty();
    }
  }

  @Test
  void moduleThatTheKernelDoesNotKnowHasNone(@TempDir Path directory) {
    KernelRights.assumeMayLoad();
    ModuleBtf.write(directory, "no_such_module", "its_function");
    assertThat(new KernelBtf(directory).functionsOfModule("no_such_module"))
        .contains(Set.of("its_function"));
    try (ModuleFunctions none = new KernelBtf(directory).functions(libbpf, "no_such_module")) {
      assertThat(none.names()).isEmpty();
    }
  }

  @Test
  void moduleOfThisKernelHasThoseOfItsBtf() throws IOException {
    KernelRights.assumeMayLoad();
    List<String> modules;
    try (Stream<Path> files = Files.list(KERNEL)) {
      modules =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("vmlinux"))
              .sorted()
              .toList();
    }
    Assumptions.assumeFalse(modules.isEmpty(), "skipped: this kernel has no module with BTF");
    KernelBtf btf = new KernelBtf(KERNEL);
    String module = modules.getFirst();
    try (ModuleFunctions functions = btf.functions(libbpf, module)) {
      assertThat(functions.names()).isEqualTo(btf.functionsOfModule(module).orElseThrow());
    }
  }

  @Test
  void vmlinuxIsFoundByItsName() {
    KernelRights.assumeMayLoad();
    try (ModuleFunctions functions =
        ModuleFunctions.of(libbpf, "vmlinux", Map.of("a_function", 0))) {
      assertThat(functions.names()).containsExactly("a_function");
    }
  }
}
