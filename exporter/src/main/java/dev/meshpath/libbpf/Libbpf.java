package dev.meshpath.libbpf;

import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import dev.meshpath.ffi.NativeFunction;
import dev.meshpath.ffi.NativeFunction.Result;
import dev.meshpath.ffi.NativeLibrary;
import org.jspecify.annotations.Nullable;

/**
 * The table of libbpf's functions, linked eagerly (bpf/libbpf.h, bpf/bpf.h, bpf/btf.h). Thread-safe
 * as libbpf is: calls on one object by one thread at a time.
 */
public final class Libbpf {
  private static final String SONAME = "libbpf.so.1";
  private static final int MAJOR = 1;
  private static final int OLDEST_MINOR = 1;
  private static final String REMEDY =
      "install libbpf 1.1 or newer (Debian 12 and later: apt-get install libbpf1)";

  // int f(void)
  final NativeFunction numPossibleCpus;

  // struct bpf_object *f(const void *elf, size_t size, const struct bpf_object_open_opts *)
  final NativeFunction objectOpenMem;
  // int f(struct bpf_object *)
  final NativeFunction objectLoad;
  // void f(struct bpf_object *)
  final NativeFunction objectClose;
  // struct btf *f(const struct bpf_object *)
  final NativeFunction objectBtf;
  // struct bpf_program *f(const struct bpf_object *, struct bpf_program *former)
  final NativeFunction objectNextProgram;
  // struct bpf_map *f(const struct bpf_object *, const char *name)
  final NativeFunction objectFindMap;
  // const void *f(const struct btf *, __u32 *size)
  final NativeFunction btfRawData;
  // struct btf *f(void)
  final NativeFunction btfLoadVmlinux;
  // __u32 f(const struct btf *)
  final NativeFunction btfTypeCount;
  // void f(struct btf *)
  final NativeFunction btfFree;
  // int f(__u32 start, __u32 *next)
  final NativeFunction btfGetNextId;
  // int f(__u32 id)
  final NativeFunction btfGetFdById;
  // int f(int fd, void *info, __u32 *length)
  final NativeFunction objGetInfoByFd;

  // int f(const char *section, enum bpf_prog_type, enum bpf_attach_type,
  //       const struct libbpf_prog_handler_opts *)
  final NativeFunction registerProgHandler;

  // const char *f(const struct bpf_program *)
  final NativeFunction programName;
  // const char *f(const struct bpf_program *)
  final NativeFunction programSection;
  // int f(struct bpf_program *, bool autoload)
  final NativeFunction programSetAutoload;
  // int f(const struct bpf_program *)
  final NativeFunction programFd;
  // struct bpf_link *f(const struct bpf_program *)
  final NativeFunction programAttach;
  // struct bpf_link *f(const struct bpf_program *)
  final NativeFunction programAttachTrace;
  // int f(int fd, struct bpf_test_run_opts *)
  final NativeFunction programTestRun;
  // int f(struct bpf_link *)
  final NativeFunction linkDestroy;
  // int f(struct bpf_link *, const char *path)
  final NativeFunction linkPin;
  // void f(struct bpf_link *)
  final NativeFunction linkDisconnect;

  // int f(const struct bpf_map *)
  final NativeFunction mapFd;
  // __u32 f(const struct bpf_map *)
  final NativeFunction mapMaxEntries;
  // int f(struct bpf_map *, __u32 entries)
  final NativeFunction mapSetMaxEntries;
  // const void *f(const struct bpf_map *, size_t *size)
  final NativeFunction mapInitialValue;
  // int f(int fd, const void *key, void *value)
  final NativeFunction mapLookup;

  private final LibC libc;
  private final LibbpfLog log;
  private final String version;
  private @Nullable FunctionTargets functionTargets;

  /**
   * Loads and links libbpf and takes over its log.
   *
   * @throws Failure if it is missing or older than 1.1
   */
  public Libbpf(LibC libc) {
    this.libc = libc;
    NativeLibrary library = NativeLibrary.open(SONAME, REMEDY);
    numPossibleCpus = library.link("libbpf_num_possible_cpus");
    objectOpenMem = library.link("bpf_object__open_mem");
    objectLoad = library.link("bpf_object__load");
    objectClose = library.link("bpf_object__close");
    objectBtf = library.link("bpf_object__btf");
    objectNextProgram = library.link("bpf_object__next_program");
    objectFindMap = library.link("bpf_object__find_map_by_name");
    btfRawData = library.link("btf__raw_data");
    programName = library.link("bpf_program__name");
    programSection = library.link("bpf_program__section_name");
    programSetAutoload = library.link("bpf_program__set_autoload");
    programFd = library.link("bpf_program__fd");
    programAttach = library.link("bpf_program__attach");
    btfLoadVmlinux = library.link("btf__load_vmlinux_btf");
    btfTypeCount = library.link("btf__type_cnt");
    btfFree = library.link("btf__free");
    btfGetNextId = library.link("bpf_btf_get_next_id");
    btfGetFdById = library.link("bpf_btf_get_fd_by_id");
    objGetInfoByFd = library.link("bpf_obj_get_info_by_fd");
    registerProgHandler = library.link("libbpf_register_prog_handler");
    programAttachTrace = library.link("bpf_program__attach_trace");
    programTestRun = library.link("bpf_prog_test_run_opts");
    linkPin = library.link("bpf_link__pin");
    linkDisconnect = library.link("bpf_link__disconnect");
    linkDestroy = library.link("bpf_link__destroy");
    mapFd = library.link("bpf_map__fd");
    mapMaxEntries = library.link("bpf_map__max_entries");
    mapSetMaxEntries = library.link("bpf_map__set_max_entries");
    mapInitialValue = library.link("bpf_map__initial_value");
    mapLookup = library.link("bpf_map_lookup_elem");

    int major = library.link("libbpf_major_version").call().asInt();
    int minor = library.link("libbpf_minor_version").call().asInt();
    version = major + "." + minor;
    if (major == MAJOR && minor < OLDEST_MINOR) {
      throw new Failure(SONAME + " is version " + version + ", it is too old: " + REMEDY + ".");
    }
    log = new LibbpfLog(libc);
    library.link("libbpf_set_print").call(log.callback().address());
  }

  /** As {@code 1.1}. */
  public String version() {
    return version;
  }

  /** Where fentry and fexit programs attach to. */
  synchronized FunctionTargets functionTargets() {
    if (functionTargets == null) {
      functionTargets = new FunctionTargets(this);
    }
    return functionTargets;
  }

  /** The C library that this binding works with. */
  public LibC libc() {
    return libc;
  }

  /**
   * The pointer that a call returned.
   *
   * @param call what was called, for the exception
   * @throws BpfException if it is NULL
   */
  long pointer(String call, Result result) {
    if (result.word() == 0) {
      throw failed(call, result.errno());
    }
    log.forget();
    return result.word();
  }

  /**
   * The number that a call returned.
   *
   * @param call what was called, for the exception
   * @throws BpfException if it is negative: libbpf 1.x returns -errno
   */
  int number(String call, Result result) {
    if (result.asInt() < 0) {
      throw failed(call, -result.asInt());
    }
    log.forget();
    return result.asInt();
  }

  private BpfException failed(String call, int errno) {
    return new BpfException(call, errno, libc.errorText(errno), log.takeLast());
  }
}
