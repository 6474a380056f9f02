package dev.meshpath.frame.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of a capture, one by one. */
interface PacketReader {
  /**
   * The next record; null behind the last.
   *
   * @throws CaptureException if the file ends within a record, or what follows is none
   */
  @Nullable Packet next() throws IOException, CaptureException;
}
