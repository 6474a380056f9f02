package dev.meshpath.libbpf;

import dev.meshpath.ffi.LibC;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What libbpf prints, line by line into our log, and the last lines kept for the exception that may
 * follow. Thread-safe.
 */
@SuppressWarnings("restricted") // the one upcall
final class LibbpfLog {
  private static final Logger logger = LoggerFactory.getLogger("libbpf");
  private static final int LONGEST_MESSAGE = 1 << 16;
  private static final int LINES_KEPT = 12;

  private static final int WARN = 0;
  private static final int INFO = 1;

  private final LibC libc;
  private final ArrayDeque<String> last = new ArrayDeque<>();

  LibbpfLog(LibC libc) {
    this.libc = libc;
  }

  /** A {@code libbpf_print_fn_t} that lives as long as the program. */
  MemorySegment callback() {
    try {
      MethodHandle print =
          MethodHandles.lookup()
              .bind(
                  this,
                  "print",
                  MethodType.methodType(
                      int.class, int.class, MemorySegment.class, MemorySegment.class));
      // A va_list is passed by address, both on x86-64 (an array) and arm64 (a large struct).
      return Linker.nativeLinker()
          .upcallStub(
              print,
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS),
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("print() is not as declared", e);
    }
  }

  /** Called by libbpf. Nothing may escape: a Throwable that leaves an upcall ends the JVM. */
  int print(int level, MemorySegment format, MemorySegment arguments) {
    try {
      String message = libc.format(format, arguments, LONGEST_MESSAGE).stripTrailing();
      if (level == WARN) {
        keep(message);
      }
      // libbpf's warnings become an exception of ours, which is what the user is to read
      if (level == WARN || level == INFO) {
        logger.debug("{}", message);
      } else {
        logger.trace("{}", message);
      }
      return message.length();
    } catch (Throwable t) {
      return 0;
    }
  }

  /** The last lines since the former call, oldest first. */
  synchronized List<String> takeLast() {
    List<String> lines = List.copyOf(last);
    last.clear();
    return lines;
  }

  /** A call succeeded: what was said on the way explains no failure. */
  synchronized void forget() {
    last.clear();
  }

  private synchronized void keep(String message) {
    for (String line : message.lines().toList()) {
      if (line.isBlank()) {
        continue;
      }
      if (last.size() == LINES_KEPT) {
        last.removeFirst();
      }
      last.addLast(line.strip());
    }
  }
}
