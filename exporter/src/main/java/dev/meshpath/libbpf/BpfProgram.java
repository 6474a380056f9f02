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
  private static final long TEST_RUN_CTX_IN = 32;
  private static final long TEST_RUN_CTX_SIZE_IN = 48;
  private static final long TEST_RUN_REPEAT = 60;

  // struct bpf_prog_info of linux/bpf.h, up to and with recursion_misses
  private static final int INFO_BYTES = 216;
  private static final long INFO_RECURSION_MISSES = 208;

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
   * Attaches a program of a section that {@link FunctionTargets} handles, fentry or fexit.
   *
   * @throws BpfException if the kernel refuses
   */
  public BpfLink attachTrace() {
    return new BpfLink(
        libbpf,
        libbpf.pointer(
            "bpf_program__attach_trace(" + name + ")", libbpf.programAttachTrace.call(program)));
  }

  /** Whether it is in the kernel. */
  public boolean isLoaded() {
    return libbpf.programFd.call(program).asInt() >= 0;
  }

  /**
   * How often the kernel did not run it, because it was running already on that CPU
   * (kernel/bpf/trampoline.c:__bpf_prog_enter_recur); while it is loaded.
   */
  public long recursionMisses() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, INFO_BYTES);
      libbpf.number(
          "bpf_obj_get_info_by_fd(" + name + ")",
          libbpf.objGetInfoByFd.call(
              libbpf.programFd.call(program).word(), info.address(), length.address()));
      return info.get(ValueLayout.JAVA_LONG, INFO_RECURSION_MISSES);
    }
  }

  /**
   * Runs a raw tracepoint program once, as if its tracepoint had been hit with this one argument.
   */
  public void run(long argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = arena.allocate(TEST_RUN_BYTES, Long.BYTES);
      options.set(ValueLayout.JAVA_LONG, 0, TEST_RUN_BYTES);
      options.set(
          ValueLayout.ADDRESS,
          TEST_RUN_CTX_IN,
          arena.allocateFrom(ValueLayout.JAVA_LONG, argument));
      options.set(ValueLayout.JAVA_INT, TEST_RUN_CTX_SIZE_IN, Long.BYTES);
      libbpf.number(
          "bpf_prog_test_run_opts(" + name + ")",
          libbpf.programTestRun.call(libbpf.programFd.call(program).word(), options.address()));
    }
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
