package dev.meshpath.libbpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What this process may do, for tests that need more than an unprivileged user has. */
public final class KernelRights {
  private static final int CAP_NET_ADMIN = 12;
  private static final int CAP_SYS_ADMIN = 21;
  private static final int CAP_BPF = 39;

  private KernelRights() {}

  /** Skips the test where packet programs and their maps cannot be loaded. */
  public static void assumeMayLoad() {
    Assumptions.assumeTrue(
        has(CAP_SYS_ADMIN) || (has(CAP_BPF) && has(CAP_NET_ADMIN)),
        "skipped: loading BPF programs takes CAP_SYS_ADMIN, or CAP_BPF and CAP_NET_ADMIN: run the"
            + " tests as root");
  }

  private static boolean has(int capability) {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("CapEff:"))
          .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(effective -> (effective >>> capability & 1) == 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
