package dev.meshpath.libbpf;

import dev.meshpath.ffi.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where fentry and fexit programs attach to: BTF ids of kernel functions, told to libbpf.
 *
 * <p>Left alone, libbpf searches each function by its name through all types of vmlinux, and again
 * for each loaded module: with a hundred modules that is seconds (libbpf.c:find_kernel_btf_id). It
 * lets programs of a section have a handler instead; ours looks into a map. One instance a process:
 * libbpf keeps the handlers for good.
 */
@SuppressWarnings("restricted") // an upcall
final class FunctionTargets {
  private static final int PROG_TYPE_TRACING = 26; // BPF_PROG_TYPE_TRACING
  private static final int TRACE_FENTRY = 24; // BPF_TRACE_FENTRY
  private static final int TRACE_FEXIT = 25; // BPF_TRACE_FEXIT

  // struct libbpf_prog_handler_opts of bpf/libbpf.h
  private static final int HANDLER_BYTES = 40;
  private static final long HANDLER_PREPARE_LOAD = 24;

  // struct bpf_prog_load_opts of bpf/bpf.h
  private static final long LOAD_ATTACH_BTF_ID = 32;
  private static final long LOAD_ATTACH_BTF_OBJ_FD = 40;
  private static final int LOAD_BYTES = 48;

  private static final int NOT_FOUND = -2; // -ENOENT

  private final Libbpf libbpf;
  private final Map<String, Target> targets = new ConcurrentHashMap<>();

  /**
   * @param btfFd of the BTF of the function's module
   * @param typeId of the function in it
   */
  private record Target(int btfFd, int typeId) {}

  FunctionTargets(Libbpf libbpf) {
    this.libbpf = libbpf;
    try {
      MethodHandle prepare =
          MethodHandles.lookup()
              .bind(
                  this,
                  "prepareLoad",
                  MethodType.methodType(int.class, long.class, long.class, long.class));
      MemorySegment callback =
          Linker.nativeLinker()
              .upcallStub(
                  prepare,
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT,
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_LONG,
                      ValueLayout.JAVA_LONG),
                  Arena.global());
      register("fentry+", TRACE_FENTRY, callback);
      register("fexit+", TRACE_FEXIT, callback);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("prepareLoad() is not as declared", e);
    }
  }

  private void register(String section, int attachType, MemorySegment callback) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = arena.allocate(HANDLER_BYTES, Long.BYTES);
      options.set(ValueLayout.JAVA_LONG, 0, HANDLER_BYTES);
      options.set(ValueLayout.ADDRESS, HANDLER_PREPARE_LOAD, callback);
      libbpf.number(
          "libbpf_register_prog_handler(" + section + ")",
          libbpf.registerProgHandler.call(
              arena.allocateFrom(section).address(),
              PROG_TYPE_TRACING,
              attachType,
              options.address()));
    }
  }

  /**
   * From now on {@code function} is type {@code typeId} of the BTF that {@code btfFd} stands for.
   */
  void put(String function, int btfFd, int typeId) {
    targets.put(function, new Target(btfFd, typeId));
  }

  /**
   * Called by libbpf before a program is loaded. Nothing may escape: a Throwable that leaves an
   * upcall ends the JVM.
   *
   * @param program struct bpf_program *
   * @param options struct bpf_prog_load_opts *
   */
  int prepareLoad(long program, long options, long cookie) {
    try {
      String section = NativeLibrary.string(libbpf.programSection.call(program).word());
      Target target = targets.get(section.substring(section.indexOf('/') + 1));
      if (target == null) {
        return NOT_FOUND;
      }
      MemorySegment load = NativeLibrary.memory(options, LOAD_BYTES);
      load.set(ValueLayout.JAVA_INT, LOAD_ATTACH_BTF_ID, target.typeId());
      load.set(ValueLayout.JAVA_INT, LOAD_ATTACH_BTF_OBJ_FD, target.btfFd());
      return 0;
    } catch (Throwable t) {
      return NOT_FOUND;
    }
  }
}
