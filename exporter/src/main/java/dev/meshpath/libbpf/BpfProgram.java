package dev.meshpath.libbpf;

import dev.meshpath.ffi.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One program of a {@link BpfObject}; valid until that is closed. */
public final class BpfProgram {
  private static final int PACKET_BYTES = 64;

  // struct bpf_test_run_opts of bpf/bpf.h, up to and with batch_size
  private static final long TEST_RUN_BYTES = 80;
  private static final long TEST_RUN_DATA_IN = 8;
  private static final long TEST_RUN_DATA_SIZE_IN = 24;
  private static final long TEST_RUN_REPEAT = 60;

  private final Libbpf libbpf;
  private final long program;
  private final String name;
  private final String section;

  BpfProgram(Libbpf libbpf, long program) {
    this.libbpf = libbpf;
    this.program = program;
    this.name = NativeLibrary.string(libbpf.programName.call(program).word());
    this.section = NativeLibrary.string(libbpf.programSection.call(program).word());
  }

  /** The C function. */
  public String name() {
    return name;
  }

  /** The ELF section, as {@code fexit/mesh_path_add}. */
  public String section() {
    return section;
  }

  /** Whether {@link BpfObject#load} loads it; before that. */
  public void setAutoload(boolean autoload) {
    libbpf.number(
        "bpf_program__set_autoload(" + name + ")",
        libbpf.programSetAutoload.call(program, autoload ? 1 : 0));
  }

  /**
   * Attaches it as its section says.
   *
   * @throws BpfException if the kernel refuses
   */
  public BpfLink attach() {
    return new BpfLink(
        libbpf,
        libbpf.pointer("bpf_program__attach(" + name + ")", libbpf.programAttach.call(program)));
  }

  /**
   * Runs a packet program by bpf_prog_test_run(), each time on a packet of 64 zero bytes.
   *
   * @param times how often, in one system call
   */
  public void testRun(int times) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = arena.allocate(TEST_RUN_BYTES, Long.BYTES);
      options.set(ValueLayout.JAVA_LONG, 0, TEST_RUN_BYTES);
      options.set(ValueLayout.ADDRESS, TEST_RUN_DATA_IN, arena.allocate(PACKET_BYTES));
      options.set(ValueLayout.JAVA_INT, TEST_RUN_DATA_SIZE_IN, PACKET_BYTES);
      options.set(ValueLayout.JAVA_INT, TEST_RUN_REPEAT, times);
      libbpf.number(
          "bpf_prog_test_run_opts(" + name + ")",
          libbpf.programTestRun.call(libbpf.programFd.call(program).word(), options.address()));
    }
  }
}
