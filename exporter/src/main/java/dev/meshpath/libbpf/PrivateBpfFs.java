package dev.meshpath.libbpf;

import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A BPF file system of this process alone, mounted nowhere, that holds its links.
 *
 * <p>To detach from one function takes the kernel 100 ms or more, because it waits until no task
 * can be in the function's trampoline (kernel/trace/ftrace.c:ftrace_shutdown), and it does so one
 * after the other. A descriptor that is closed waits for that; a file of a file system that
 * vanishes does not (kernel/bpf/inode.c:bpf_free_inode leaves it to a worker). So the process ends
 * at once, however it ends, and the kernel cleans up behind it. As links are bound to the
 * descriptor of the mount, none outlives the process.
 */
public final class PrivateBpfFs implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(PrivateBpfFs.class);

  private final Libbpf libbpf;
  private final int mount;
  private int links;

  private PrivateBpfFs(Libbpf libbpf, int mount) {
    this.libbpf = libbpf;
    this.mount = mount;
  }

  /** Makes one; empty where the kernel or a container's rules do not let us. */
  public static Optional<PrivateBpfFs> open(Libbpf libbpf) {
    try {
      return Optional.of(new PrivateBpfFs(libbpf, libbpf.libc().detachedMount("bpf")));
    } catch (Failure e) {
      logger.debug("links stay descriptors: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Takes a link over; if that cannot be, the link stays as it is. */
  public void adopt(BpfLink link) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom("/proc/self/fd/" + mount + "/" + links++);
      link.pin(path.address());
    } catch (BpfException e) {
      logger.debug("a link stays a descriptor: {}", e.getMessage());
    }
  }

  /** Lets go of the links; the kernel detaches them soon. */
  @Override
  public void close() {
    LibC libc = libbpf.libc();
    libc.close(mount);
  }
}
