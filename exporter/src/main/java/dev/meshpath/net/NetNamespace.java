package dev.meshpath.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Network namespaces, known by the inode number of their file in nsfs. */
public final class NetNamespace {
  /** Stands for all namespaces where one is asked for. */
  public static final int ALL = 0;

  private NetNamespace() {}

  /** The namespace of this process. */
  public static int own() {
    try {
      // 32 bits in the kernel: struct ns_common.inum
      return ((Number) Files.getAttribute(Path.of("/proc/self/ns/net"), "unix:ino")).intValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
