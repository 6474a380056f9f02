package dev.meshpath.libbpf;

import dev.meshpath.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rights that loading BPF programs takes. */
public final class Privileges {
  /**
   * include/uapi/linux/capability.h. Reading the BTF of modules takes it, CAP_BPF is not enough.
   */
  private static final int CAP_SYS_ADMIN = 21;

  private Privileges() {}

  /**
   * Checks them.
   *
   * @param status {@code /proc/self/status} but in tests
   * @throws Failure if they lack
   */
  public static void require(Path status) {
    if (!suffice(status)) {
      throw new Failure(
          "user "
              + System.getProperty("user.name")
              + " may not load BPF programs (CAP_SYS_ADMIN is missing): run it as root.");
    }
  }

  /**
   * Whether this process has them.
   *
   * @param status {@code /proc/self/status} but in tests
   */
  public static boolean suffice(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("CapEff:"))
          .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(effective -> (effective >>> CAP_SYS_ADMIN & 1) == 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
