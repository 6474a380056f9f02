package dev.meshpath.collector.meshpath.capture;

import dev.meshpath.frame.file.CaptureException;
import dev.meshpath.frame.file.PcapngBlock;
import dev.meshpath.frame.file.PcapngWriter;
import dev.meshpath.frame.file.PcapngWriter.Captured;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * FILE, which is written, and FILE.1 (newer) to FILE.3 (older). Each has a fourth of the bytes at
 * most, and a fourth of the time; a file is deleted when its first packet is too old, or when the
 * others need its room. Thread-safe.
 */
final class CaptureFiles implements Closeable {
  private static final int FILES = 4;

  private final Path file;
  private final String program;
  private final long maxBytes;
  private final long maxAgeNs;

  /** Of FILE.1 on. */
  private final List<Older> older = new ArrayList<>();

  /** Null after a rotation that failed half way. */
  private @Nullable PcapngWriter writer;

  private record Older(long bytes, long beganNs) {}

  /**
   * Appends to what there is.
   *
   * @param maxBytes of all files together
   * @param maxAgeNs no packet gets older
   * @param program see {@link PcapngWriter#open}
   * @throws CaptureException if one of the files is none of ours
   */
  CaptureFiles(Path file, long maxBytes, long maxAgeNs, String program)
      throws IOException, CaptureException {
    this.file = file;
    this.maxBytes = maxBytes;
    this.maxAgeNs = maxAgeNs;
    this.program = program;
    for (int n = 1; n < FILES && Files.exists(path(n)); n++) {
      older.add(new Older(Files.size(path(n)), PcapngWriter.beganNs(path(n), program)));
    }
    writer = PcapngWriter.open(file, program);
    makeRoom();
  }

  /**
   * Writes a packet.
   *
   * @return how many bytes it takes in the file
   * @throws IOException if the disk does not take it
   */
  synchronized int write(Captured packet) throws IOException {
    int size = current().write(packet, maxBytes / FILES);
    if (size == 0) {
      rotate();
      size = current().write(packet, maxBytes / FILES);
    }
    return size;
  }

  /**
   * Deletes what is too old.
   *
   * @param nowEpochNs the time
   */
  synchronized void expire(long nowEpochNs) throws IOException {
    long beganNs = current().beganNs();
    if (beganNs != PcapngWriter.NEVER && nowEpochNs - beganNs >= maxAgeNs / FILES) {
      rotate();
    }
    while (!older.isEmpty() && isTooOld(older.getLast(), nowEpochNs)) {
      deleteLast();
    }
  }

  private boolean isTooOld(Older last, long nowEpochNs) {
    return last.beganNs() == PcapngWriter.NEVER || nowEpochNs - last.beganNs() >= maxAgeNs;
  }

  /** Copies the packets that {@code selection} takes, oldest file first. */
  void copy(CaptureSelection selection, OutputStream to) throws IOException {
    List<InputStream> files = open();
    try {
      for (InputStream in : files) {
        PcapngBlock block = PcapngBlock.readUndamaged(in);
        while (block != null) {
          if (!block.isPacket() || selection.takes(block)) {
            to.write(block.bytes());
          }
          block = PcapngBlock.readUndamaged(in);
        }
      }
    } finally {
      for (InputStream in : files) {
        in.close();
      }
    }
  }

  /** Once they are open, it does not matter how they are renamed meanwhile. */
  private synchronized List<InputStream> open() throws IOException {
    List<InputStream> files = new ArrayList<>();
    try {
      for (int n = 0; n <= older.size(); n++) {
        files.add(new BufferedInputStream(Files.newInputStream(path(n))));
      }
    } catch (IOException e) {
      for (InputStream in : files) {
        in.close();
      }
      throw e;
    }
    Collections.reverse(files);
    return files;
  }

  @Override
  public synchronized void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }

  private PcapngWriter current() throws IOException {
    if (writer == null) {
      try {
        writer = PcapngWriter.open(file, program);
      } catch (CaptureException e) {
        throw new IOException(file + " " + e.what(), e);
      }
    }
    return writer;
  }

  private void rotate() throws IOException {
    PcapngWriter full = current();
    full.close();
    writer = null;
    if (older.size() == FILES - 1) {
      deleteLast();
    }
    for (int n = older.size(); n >= 0; n--) {
      Files.move(path(n), path(n + 1), StandardCopyOption.REPLACE_EXISTING);
    }
    older.addFirst(new Older(full.bytes(), full.beganNs()));
    makeRoom();
    current();
  }

  /** So that the current file can grow to its size. */
  private void makeRoom() throws IOException {
    long sum = maxBytes / FILES;
    for (Older one : older) {
      sum += one.bytes();
    }
    while (!older.isEmpty() && sum > maxBytes) {
      sum -= older.getLast().bytes();
      deleteLast();
    }
  }

  private void deleteLast() throws IOException {
    Files.deleteIfExists(path(older.size()));
    older.removeLast();
  }

  private Path path(int n) {
    return n == 0 ? file : file.resolveSibling(file.getFileName() + "." + n);
  }
}
