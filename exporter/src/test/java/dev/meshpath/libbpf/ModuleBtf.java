package dev.meshpath.libbpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands for {@code /sys/kernel/btf} of a kernel with one module. */
public final class ModuleBtf {
  private ModuleBtf() {}

  /** Writes the BTF of vmlinux, which is empty, and of a module with one function. */
  public static void write(Path directory, String module, String function) {
    try {
      Files.write(directory.resolve("vmlinux"), new BtfBytes().bytes());
      Files.write(directory.resolve(module), new BtfBytes(1).function(function, 1).bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
