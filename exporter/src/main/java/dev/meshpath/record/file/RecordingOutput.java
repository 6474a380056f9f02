package dev.meshpath.record.file;

import dev.meshpath.record.Feed;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A recording that is written by whoever has time to wait for the disk. For one thread. */
public final class RecordingOutput implements Closeable {
  private final RecordingWriter writer;
  private final EntryBuffer entries = new EntryBuffer();

  /**
   * A new file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  public RecordingOutput(Path file, RecordingHeader header) throws IOException {
    writer = new RecordingWriter(file, header);
  }

  /**
   * Writes what a feed is told.
   *
   * @param calls one call
   */
  public void write(Consumer<Feed> calls) throws IOException {
    calls.accept(entries);
    if (!entries.hasRoom()) {
      flush();
    }
  }

  /** Ends it in order. */
  public void finish() throws IOException {
    entries.finish();
    flush();
  }

  private void flush() throws IOException {
    writer.write(entries);
    entries.clear();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
