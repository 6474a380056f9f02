package dev.meshpath.libbpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The functions of one kernel module that fentry and fexit can attach to, found once by the
 * module's BTF. Holds a reference to that BTF, not to the module.
 */
public final class ModuleFunctions implements AutoCloseable {
  // struct bpf_btf_info of linux/bpf.h
  private static final int INFO_BYTES = 32;
  private static final long INFO_NAME = 16;
  private static final long INFO_NAME_LENGTH = 24;
  private static final int LONGEST_NAME = 64;

  private final Libbpf libbpf;
  private final Map<String, Integer> indexes;
  private final int btfFd;

  private ModuleFunctions(Libbpf libbpf, Map<String, Integer> indexes, int btfFd) {
    this.libbpf = libbpf;
    this.indexes = indexes;
    this.btfFd = btfFd;
  }

  /** Of a module without BTF: none. */
  public static ModuleFunctions none(Libbpf libbpf) {
    return new ModuleFunctions(libbpf, Map.of(), -1);
  }

  /**
   * Finds them and tells libbpf.
   *
   * @param indexes place of each function among the own types of the module's BTF
   * @throws BpfException if the kernel does not let us
   */
  static ModuleFunctions of(Libbpf libbpf, String module, Map<String, Integer> indexes) {
    OptionalInt fd = open(libbpf, module);
    if (fd.isEmpty()) {
      return none(libbpf);
    }
    long vmlinux = libbpf.pointer("btf__load_vmlinux_btf()", libbpf.btfLoadVmlinux.call());
    int first = libbpf.btfTypeCount.call(vmlinux).asInt();
    libbpf.btfFree.call(vmlinux);
    indexes.forEach(
        (function, index) -> libbpf.functionTargets().put(function, fd.getAsInt(), first + index));
    return new ModuleFunctions(libbpf, indexes, fd.getAsInt());
  }

  /** Their names. */
  public Set<String> names() {
    return indexes.keySet();
  }

  @Override
  public void close() {
    if (btfFd >= 0) {
      libbpf.libc().close(btfFd);
    }
  }

  /** A descriptor of the module's BTF. */
  private static OptionalInt open(Libbpf libbpf, String module) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment id = arena.allocate(ValueLayout.JAVA_INT);
      MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
      MemorySegment name = arena.allocate(LONGEST_NAME);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, INFO_BYTES);
      int last = 0;
      while (libbpf.btfGetNextId.call(last, id.address()).asInt() == 0) {
        last = id.get(ValueLayout.JAVA_INT, 0);
        int fd = libbpf.btfGetFdById.call(last).asInt();
        if (fd < 0) {
          continue; // gone meanwhile
        }
        info.fill((byte) 0);
        info.set(ValueLayout.ADDRESS, INFO_NAME, name);
        info.set(ValueLayout.JAVA_INT, INFO_NAME_LENGTH, LONGEST_NAME);
        length.set(ValueLayout.JAVA_INT, 0, INFO_BYTES);
        name.fill((byte) 0);
        if (libbpf.objGetInfoByFd.call(fd, info.address(), length.address()).asInt() == 0
            && name.getString(0).equals(module)) {
          return OptionalInt.of(fd);
        }
        libbpf.libc().close(fd);
      }
      return OptionalInt.empty();
    }
  }
}
