package dev.meshpath.libbpf;

import dev.meshpath.ffi.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A BPF object: opened from its ELF bytes, set up (autoload, variables, map sizes), loaded, its
 * programs attached. For one thread at a time.
 */
public final class BpfObject implements AutoCloseable {
  // struct bpf_object_open_opts of bpf/libbpf.h, up to and with btf_custom_path
  private static final long OPEN_OPTIONS_BYTES = 56;
  private static final long OPEN_BTF_CUSTOM_PATH = 48;

  private static final String CONSTANTS = ".rodata";

  private final Libbpf libbpf;
  private final String name;
  private final long object;

  private BpfObject(Libbpf libbpf, String name, long object) {
    this.libbpf = libbpf;
    this.name = name;
    this.object = object;
  }

  /**
   * Opens the object that the program carries as {@code /bpf/NAME.bpf.o}.
   *
   * @throws BpfException if libbpf cannot read it
   */
  public static BpfObject open(Libbpf libbpf, String name) {
    return open(libbpf, name, (Path) null);
  }

  /**
   * The same, for a kernel whose own BTF does not describe what the programs read.
   *
   * @param btf a file with the BTF of exactly the running kernel and its module; null: the kernel's
   */
  public static BpfObject open(Libbpf libbpf, String name, @Nullable Path btf) {
    String resource = "/bpf/" + name + ".bpf.o";
    try (InputStream in = BpfObject.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + resource);
      }
      return open(libbpf, name, in.readAllBytes(), btf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens an object from memory.
   *
   * @param elf the bytes of its file
   * @throws BpfException if libbpf cannot read it
   */
  public static BpfObject open(Libbpf libbpf, String name, byte[] elf) {
    return open(libbpf, name, elf, (Path) null);
  }

  private static BpfObject open(Libbpf libbpf, String name, byte[] elf, @Nullable Path btf) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(elf.length, Long.BYTES);
      MemorySegment.copy(elf, 0, bytes, ValueLayout.JAVA_BYTE, 0, elf.length);
      MemorySegment options = arena.allocate(OPEN_OPTIONS_BYTES, Long.BYTES);
      options.set(ValueLayout.JAVA_LONG, 0, OPEN_OPTIONS_BYTES);
      options.set(ValueLayout.ADDRESS, Long.BYTES, arena.allocateFrom(name));
      if (btf != null) {
        options.set(ValueLayout.ADDRESS, OPEN_BTF_CUSTOM_PATH, arena.allocateFrom(btf.toString()));
      }
      return new BpfObject(
          libbpf,
          name,
          libbpf.pointer(
              "bpf_object__open_mem(" + name + ")",
              libbpf.objectOpenMem.call(bytes.address(), elf.length, options.address())));
    }
  }

  /** The types that clang recorded when it built the object. */
  public Btf btf() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_INT);
      long raw =
          libbpf.pointer(
              "btf__raw_data(" + name + ")",
              libbpf.btfRawData.call(libbpf.objectBtf.call(object).word(), size.address()));
      return Btf.parse(
          NativeLibrary.memory(raw, size.get(ValueLayout.JAVA_INT, 0))
              .toArray(ValueLayout.JAVA_BYTE));
    }
  }

  /** All programs, in the order of the object. */
  public List<BpfProgram> programs() {
    List<BpfProgram> programs = new ArrayList<>();
    for (long program = libbpf.objectNextProgram.call(object, 0).word();
        program != 0;
        program = libbpf.objectNextProgram.call(object, program).word()) {
      programs.add(new BpfProgram(libbpf, program));
    }
    return programs;
  }

  /**
   * A program by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public BpfProgram program(String program) {
    return programs().stream()
        .filter(one -> one.name().equals(program))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no program " + program + " in " + name));
  }

  /**
   * A map by its name.
   *
   * @throws BpfException if there is none
   */
  public BpfMap map(String map) {
    try (Arena arena = Arena.ofConfined()) {
      return new BpfMap(
          libbpf,
          map,
          libbpf.pointer(
              "bpf_object__find_map_by_name(" + name + ", " + map + ")",
              libbpf.objectFindMap.call(object, arena.allocateFrom(map).address())));
    }
  }

  /** Sets a {@code const volatile} 32-bit variable; before {@link #load}. */
  public void setConstant(String variable, int value) {
    constants().set(ValueLayout.JAVA_INT, btf().offsetOfVariable(CONSTANTS, variable), value);
  }

  /** Sets a {@code const volatile} 64-bit variable; before {@link #load}. */
  public void setConstant(String variable, long value) {
    constants().set(ValueLayout.JAVA_LONG, btf().offsetOfVariable(CONSTANTS, variable), value);
  }

  /**
   * Creates the maps and loads the programs that have autoload.
   *
   * @throws BpfException with the verifier's last words
   */
  public void load() {
    libbpf.number("bpf_object__load(" + name + ")", libbpf.objectLoad.call(object));
  }

  /** Unloads what nothing is attached to any more. */
  @Override
  public void close() {
    libbpf.objectClose.call(object);
  }

  private MemorySegment constants() {
    return map(CONSTANTS).initialValue();
  }
}
