package dev.meshpath.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A machine's {@code /proc} and {@code /sys}, as far as a test writes them. */
record Tree(Path root) {
  /** A file with its directories. */
  Tree file(String path, String content) {
    try {
      directory(path.substring(0, path.lastIndexOf('/')));
      Files.writeString(root.resolve(path), content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Modules that are loaded. */
  Tree modules(String... names) {
    for (String name : names) {
      directory("sys/module/" + name);
    }
    return this;
  }

  /** A directory, made if it is not there. */
  Path directory(String path) {
    try {
      return Files.createDirectories(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A radio with its driver; where {@code hwflags} are given, debugfs has them. */
  Tree radio(String phy, String driver, String... hwflags) {
    try {
      Path device = directory("sys/class/ieee80211/" + phy + "/device");
      Files.createSymbolicLink(device.resolve("driver"), directory("sys/bus/drivers/" + driver));
      return hwflags.length == 0
          ? this
          : file(
              "sys/kernel/debug/ieee80211/" + phy + "/hwflags", String.join("\n", hwflags) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
