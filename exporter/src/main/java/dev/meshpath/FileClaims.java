package dev.meshpath;

import dev.meshpath.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files that only one exporter at a time may write. What is locked is FILE.lock beside it, which
 * stays: of FILE itself the lock would go with any other stream to it that is closed (fcntl(2)),
 * and a capture is renamed when it is full. The kernel ends a lock with its process, however that
 * ends.
 */
final class FileClaims implements AutoCloseable {
  private final List<FileChannel> locks = new ArrayList<>();

  /**
   * Claims a file. What is no regular file, as a pipe, may have several writers.
   *
   * @param file null: none
   * @param flag that named it
   * @throws Failure if another exporter has it
   */
  void claim(@Nullable Path file, String flag) {
    if (file == null || (Files.exists(file) && !Files.isRegularFile(file))) {
      return;
    }
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locks.add(channel);
      if (lock(channel) == null) {
        throw new Failure(
            file
                + " is written by another exporter, which holds "
                + beside
                + ": stop that one, or name another file with "
                + flag
                + ".");
      }
    } catch (IOException e) {
      throw new Failure(
          "cannot lock " + beside + " (" + e + "): name a file elsewhere with " + flag + ".", e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // in this process
    }
  }

  @Override
  public void close() {
    for (FileChannel channel : locks) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
