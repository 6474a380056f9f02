package dev.meshpath.record.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.Deflater;

/**
 * Writes a recording: the header, then one zlib stream (RFC 1950) of entries. After each write the
 * stream is flushed to a byte boundary, so that all of it can be read whatever becomes of us.
 */
final class RecordingWriter implements Closeable {
  /** Deflate adds 5 bytes to 16 KiB that do not shrink, and the flush as much. */
  private static final int OVERHEAD_BYTES = 256;

  private final FileChannel file;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final byte[] out = new byte[160 << 10];
  private long bytes;

  /**
   * A new file, for its owner only: it holds what frames hold.
   *
   * @throws IOException also if it exists
   */
  RecordingWriter(Path path, RecordingHeader header) throws IOException {
    file =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    put(ByteBuffer.wrap(header.bytes()));
  }

  /** The file with these entries written would have so many bytes at most. */
  long most(EntryBuffer entries) {
    return bytes + entries.length() + OVERHEAD_BYTES;
  }

  /** Bytes of the file. */
  long bytes() {
    return bytes;
  }

  /** Hands entries to the operating system. */
  void write(EntryBuffer entries) throws IOException {
    deflater.setInput(entries.array(), 0, entries.length());
    int made;
    do {
      made = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
      put(ByteBuffer.wrap(out, 0, made));
    } while (made == out.length);
  }

  private void put(ByteBuffer from) throws IOException {
    bytes += from.remaining();
    while (from.hasRemaining()) {
      file.write(from);
    }
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    file.close();
  }
}
