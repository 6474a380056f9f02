package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.ffi.LibC;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** One process has one instance that libbpf listens to: the first one of these tests. */
class FunctionTargetsTest {
  private static final Path VMLINUX = Path.of("/sys/kernel/btf/vmlinux");
  private static final String FUNCTION = "bpf_fentry_test1";
  private static final int VMLINUX_FD = 0;
  private static final int EPERM = 1;

  /** struct bpf_prog_load_opts, as far as libbpf 1.1 has it. */
  private static final long OPTIONS_BYTES = 112;

  /** For all tests that tell libbpf of functions. */
  static final Libbpf LIBBPF = new Libbpf(new LibC());

  private static final FunctionTargets TARGETS = LIBBPF.functionTargets();

  @Test
  void oneInstanceIsEnough() {
    assertThat(LIBBPF.functionTargets()).isSameAs(TARGETS);
  }

  @Test
  void functionThatNobodyToldOfCannotBeLoaded() {
    KernelRights.assumeMayLoad();
    try (BpfObject object = BpfObject.open(LIBBPF, "mesh_path")) {
      object.programs().forEach(program -> program.setAutoload(false));
      object.program("mesh_path_add_exit").setAutoload(true);
      assertThatThrownBy(object::load)
          .isInstanceOf(BpfException.class)
          .hasMessageStartingWith("bpf_object__load(mesh_path) failed: ");
    }
  }

  @Test
  void functionIsLoadedByItsTypeId() throws IOException {
    KernelRights.assumeMayLoad();
    Map<String, Integer> functions = Btf.parse(Files.readAllBytes(VMLINUX)).functions();
    Assumptions.assumeTrue(
        functions.containsKey(FUNCTION), "skipped: this kernel has no " + FUNCTION);
    TARGETS.put(FUNCTION, VMLINUX_FD, functions.get(FUNCTION) + 1);
    try (BpfObject object = BpfObject.open(LIBBPF, "test_ring")) {
      object.programs().forEach(program -> program.setAutoload(false));
      BpfProgram program = object.program("count_calls");
      program.setAutoload(true);
      try {
        object.load();
      } catch (BpfException e) {
        Assumptions.assumeFalse(
            e.errno() == EPERM, "skipped: this kernel lets nobody load tracing programs");
        throw e;
      }
      assertThat(program.isLoaded()).isTrue();
      assertThat(program.recursionMisses()).isZero();
    }
  }

  @Test
  void tellsLibbpfTypeAndModuleOfTheFunction() throws IOException {
    TARGETS.put("mesh_path_add", 17, 4711);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = arena.allocate(OPTIONS_BYTES, Long.BYTES);
      assertThat(prepareLoad(arena, "fexit/mesh_path_add", options)).isZero();
      assertThat(options.get(ValueLayout.JAVA_INT, 32)).isEqualTo(4711);
      assertThat(options.get(ValueLayout.JAVA_INT, 40)).isEqualTo(17);
    }
  }

  @Test
  void tellsLibbpfThatItDoesNotKnowTheFunction() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = arena.allocate(OPTIONS_BYTES, Long.BYTES);
      assertThat(prepareLoad(arena, "fentry/mesh_path_free_rcu", options)).isEqualTo(-2);
      assertThat(options.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }
  }

  /** As libbpf calls it for the program of that section. */
  private static int prepareLoad(Arena arena, String section, MemorySegment options)
      throws IOException {
    byte[] elf = Files.readAllBytes(Path.of("../bpf/build/mesh_path.bpf.o"));
    MemorySegment bytes = arena.allocate(elf.length, Long.BYTES);
    MemorySegment.copy(elf, 0, bytes, ValueLayout.JAVA_BYTE, 0, elf.length);
    long object = LIBBPF.objectOpenMem.call(bytes.address(), elf.length, 0).word();
    try {
      long program = LIBBPF.objectNextProgram.call(object, 0).word();
      while (!new BpfProgram(LIBBPF, program).section().equals(section)) {
        program = LIBBPF.objectNextProgram.call(object, program).word();
      }
      return TARGETS.prepareLoad(program, options.address(), 0);
    } finally {
      LIBBPF.objectClose.call(object);
    }
  }
}
