package dev.meshpath.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of 1 MiB, to see what becomes of files on a full disk. Needs the right to mount.
 */
public final class SmallDisk implements AutoCloseable {
  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /** Mounts one over an empty directory; the test is skipped where that may not be. */
  public static SmallDisk over(Path directory) {
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "none", directory.toString()) == 0,
        "no right to mount a small file system here");
    return new SmallDisk(directory);
  }

  /** Fills it but for less than {@code free} bytes, and a page or two. */
  public void fill(int free) throws IOException {
    Files.write(directory.resolve("reserve"), new byte[free]);
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(directory.resolve("filler"))) {
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
    Files.delete(directory.resolve("reserve"));
  }

  /** Makes room again. */
  public void empty() throws IOException {
    Files.delete(directory.resolve("filler"));
  }

  @Override
  public void close() {
    assertThat(run("umount", directory.toString())).isZero();
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    } catch (IOException e) {
      return -1;
    }
  }
}
