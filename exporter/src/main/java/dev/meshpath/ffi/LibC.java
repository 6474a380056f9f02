package dev.meshpath.ffi;

import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.NativeFunction.Result;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The few calls of the C library that the JDK has no equal for. Thread-safe. */
public final class LibC {
  /** {@code PROT_READ} of mmap(2). */
  public static final int PROT_READ = 1;

  /** {@code PROT_WRITE} of mmap(2). */
  public static final int PROT_WRITE = 2;

  private static final int MAP_SHARED = 1;
  private static final int MAP_FAILED = -1;
  private static final int CLOEXEC = 0x80000;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLLIN = 1;
  private static final int EINTR = 4;
  private static final int POLLERR = 8;

  /** {@code struct pollfd}: int fd, short events, short revents. */
  private static final int POLLFD_BYTES = 8;

  private static final int REVENTS = 6;

  // linux/mount.h, and the numbers of asm-generic/unistd.h, which newer calls have everywhere
  private static final int SYS_FSOPEN = 430;
  private static final int SYS_FSCONFIG = 431;
  private static final int SYS_FSMOUNT = 432;
  private static final int FS_CLOEXEC = 1;
  private static final int FSCONFIG_CMD_CREATE = 6;
  private static final int SC_PAGESIZE = 30;
  private static final int CLOCK_MONOTONIC_COARSE = 6;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final long NS_PER_SECOND = 1_000_000_000L;
  private static final int MS_PER_SECOND = 1_000;
  private static final int US_PER_MS = 1_000;

  /** Large enough for struct epoll_event on all 64-bit machines: 12 bytes on x86-64, else 16. */
  private static final int EPOLL_EVENT_BYTES = 16;

  private final NativeFunction syscall;
  private final NativeFunction mmap;
  private final NativeFunction munmap;
  private final NativeFunction epollCreate1;
  private final NativeFunction epollCtl;
  private final NativeFunction epollWait;
  private final NativeFunction eventfd;
  private final NativeFunction poll;
  private final NativeFunction write;
  private final NativeFunction close;
  private final NativeFunction setsockopt;
  private final NativeFunction free;
  private final NativeFunction sysconf;
  private final NativeFunction clockGetres;
  private final NativeFunction strerror;
  private final NativeFunction vsnprintf;

  /** Links all functions. */
  public LibC() {
    NativeLibrary libc = NativeLibrary.libc();
    syscall = libc.link("syscall");
    mmap = libc.link("mmap");
    munmap = libc.link("munmap");
    epollCreate1 = libc.link("epoll_create1");
    epollCtl = libc.link("epoll_ctl");
    epollWait = libc.link("epoll_wait");
    eventfd = libc.link("eventfd");
    poll = libc.link("poll");
    write = libc.link("write");
    close = libc.link("close");
    setsockopt = libc.link("setsockopt");
    free = libc.link("free");
    sysconf = libc.link("sysconf");
    clockGetres = libc.link("clock_getres");
    strerror = libc.link("strerror");
    vsnprintf = libc.link("vsnprintf");
  }

  /**
   * mmap(2), shared.
   *
   * @param offset bytes, a multiple of {@link #pageSize}
   * @param length bytes
   * @param protection of {@link #PROT_READ} and {@link #PROT_WRITE}
   * @return the mapping, valid until {@link #unmap}
   */
  public MemorySegment map(int fd, long offset, long length, int protection) {
    Result mapped = mmap.call(0, length, protection, MAP_SHARED, fd, offset);
    if (mapped.word() == MAP_FAILED) {
      throw failed("mmap", mapped);
    }
    return NativeLibrary.memory(mapped.word(), length);
  }

  /** munmap(2) of what {@link #map} returned. */
  public void unmap(MemorySegment mapped) {
    munmap.call(mapped.address(), mapped.byteSize());
  }

  /** A new epoll(7) instance that reports the readable ones of {@code fds}. */
  public int epoll(int... fds) {
    int epoll = checked("epoll_create1", epollCreate1.call(CLOEXEC));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EPOLL_EVENT_BYTES, Long.BYTES);
      event.set(ValueLayout.JAVA_INT, 0, EPOLLIN);
      for (int fd : fds) {
        checked("epoll_ctl", epollCtl.call(epoll, EPOLL_CTL_ADD, fd, event.address()));
      }
    }
    return epoll;
  }

  /**
   * Waits until something of {@code epoll} is readable, a signal came or the time is over.
   *
   * @param timeoutMs at most so long; -1: without limit
   */
  public void epollWait(int epoll, int timeoutMs) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EPOLL_EVENT_BYTES, Long.BYTES);
      Result ready = epollWait.call(epoll, event.address(), 1, timeoutMs);
      if (ready.asInt() < 0 && ready.errno() != EINTR) {
        throw failed("epoll_wait", ready);
      }
    }
  }

  /** Whether nobody reads any more what is written to {@code fd}, a pipe; poll(2). */
  public boolean hasNoReader(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pollfd = arena.allocate(POLLFD_BYTES, Integer.BYTES);
      pollfd.set(ValueLayout.JAVA_INT, 0, fd);
      checked("poll", poll.call(pollfd.address(), 1, 0));
      return (pollfd.get(ValueLayout.JAVA_SHORT, REVENTS) & POLLERR) != 0;
    }
  }

  /** A new eventfd(2): becomes readable by {@link #signal}. */
  public int eventfd() {
    return checked("eventfd", eventfd.call(0, CLOEXEC));
  }

  /** Makes {@code eventfd} readable for good. */
  public void signal(int eventfd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L);
      checked("write", write.call(eventfd, one.address(), Long.BYTES));
    }
  }

  /**
   * A file system of its own that is mounted nowhere: {@code /proc/self/fd/N} is its root.
   *
   * @param type as {@code bpf}
   * @return a descriptor; with the last one the file system ends
   */
  public int detachedMount(String type) {
    try (Arena arena = Arena.ofConfined()) {
      // glibc 2.36 would have these by name
      int context =
          checked(
              "fsopen", syscall.call(SYS_FSOPEN, arena.allocateFrom(type).address(), FS_CLOEXEC));
      try {
        checked("fsconfig", syscall.call(SYS_FSCONFIG, context, FSCONFIG_CMD_CREATE, 0, 0, 0));
        return checked("fsmount", syscall.call(SYS_FSMOUNT, context, FS_CLOEXEC, 0));
      } finally {
        close(context);
      }
    }
  }

  /** close(2). */
  public void close(int fd) {
    close.call(fd);
  }

  /**
   * Lets a receive on {@code socket} fail with EAGAIN when nothing came for so long (SO_RCVTIMEO of
   * socket(7)).
   *
   * @param milliseconds at least 1
   */
  public void limitReceive(int socket, int milliseconds) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timeval = arena.allocate(2 * Long.BYTES, Long.BYTES);
      timeval.set(ValueLayout.JAVA_LONG, 0, milliseconds / MS_PER_SECOND);
      timeval.set(
          ValueLayout.JAVA_LONG, Long.BYTES, (long) milliseconds % MS_PER_SECOND * US_PER_MS);
      checked(
          "setsockopt",
          setsockopt.call(socket, SOL_SOCKET, SO_RCVTIMEO, timeval.address(), timeval.byteSize()));
    }
  }

  /** free(3) of what a C library allocated for us; 0 is nothing. */
  public void free(long address) {
    free.call(address);
  }

  /** Bytes of a page. */
  public long pageSize() {
    return sysconf.call(SC_PAGESIZE).word();
  }

  /**
   * Nanoseconds of a jiffy, 1e9 / CONFIG_HZ. The coarse clocks advance once a tick, and their
   * resolution says so (kernel/time/posix-timers.c:posix_get_coarse_res).
   */
  public long jiffyNs() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timespec = arena.allocate(2 * Long.BYTES, Long.BYTES);
      checked("clock_getres", clockGetres.call(CLOCK_MONOTONIC_COARSE, timespec.address()));
      return timespec.get(ValueLayout.JAVA_LONG, 0) * NS_PER_SECOND
          + timespec.get(ValueLayout.JAVA_LONG, Long.BYTES);
    }
  }

  /** The text of an {@code errno}, as {@code Permission denied}. */
  public String errorText(int errno) {
    return NativeLibrary.string(strerror.call(errno).word());
  }

  /**
   * vsnprintf(3): the text of a C callback's format and {@code va_list}.
   *
   * @param maximum bytes; a longer text is cut
   */
  public String format(MemorySegment format, MemorySegment arguments, int maximum) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(maximum);
      vsnprintf.call(buffer.address(), maximum, format.address(), arguments.address());
      return buffer.getString(0);
    }
  }

  private int checked(String call, Result result) {
    if (result.asInt() < 0) {
      throw failed(call, result);
    }
    return result.asInt();
  }

  private Failure failed(String call, Result result) {
    return new Failure(call + "() failed: " + errorText(result.errno()) + ".");
  }
}
