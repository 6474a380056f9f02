package dev.meshpath.frame.file;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The 802.11 frames of a pcap or pcapng file, one by one: a file of any size needs little memory.
 */
public final class CaptureFile implements Closeable {
  private static final int MAGIC_BYTES = 4;
  private static final int GZIP = 0x1f8b;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream stream;
  private final PacketReader reader;
  private final SortedSet<Integer> foreignLinkTypes = new TreeSet<>();
  private long records;

  private CaptureFile(InputStream stream) throws IOException, CaptureException {
    this.stream = stream;
    this.reader = reader(new CaptureInput(stream));
  }

  /**
   * Opens a file.
   *
   * @throws CaptureException if it is no capture
   */
  public static CaptureFile open(Path file) throws IOException, CaptureException {
    InputStream stream = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      return new CaptureFile(stream);
    } catch (IOException | CaptureException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private static PacketReader reader(CaptureInput in) throws IOException, CaptureException {
    ByteBuffer start = in.readOrEnd(MAGIC_BYTES, "its first four bytes");
    if (start == null) {
      throw new CaptureException("is empty: write the capture again");
    }
    int big = start.getInt(0);
    if (big == PcapngReader.SECTION) {
      return new PcapngReader(in);
    }
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      int magic = start.order(order).getInt(0);
      if (magic == PcapReader.MICROSECONDS || magic == PcapReader.NANOSECONDS) {
        return new PcapReader(in, order, magic);
      }
    }
    throw new CaptureException(
        big >>> Short.SIZE == GZIP
            ? "is compressed: unpack it with gunzip"
            : String.format(
                Locale.ROOT,
                "is no pcap or pcapng file (it begins with %08x): name one, as tcpdump -w writes it",
                big));
  }

  /**
   * The next frame; null behind the last.
   *
   * @throws CaptureException if the file ends within a record, or is damaged from here on
   */
  public @Nullable AirFrame next() throws IOException, CaptureException {
    for (Packet packet = reader.next(); packet != null; packet = reader.next()) {
      records++;
      AirFrame frame = LinkLayer.frame(packet);
      if (frame != null) {
        return frame;
      }
      foreignLinkTypes.add(packet.linkType());
    }
    return null;
  }

  /** How many records were read so far. */
  public long records() {
    return records;
  }

  /** The link types of the records that were passed over because they hold no 802.11 frame. */
  public SortedSet<Integer> foreignLinkTypes() {
    return new TreeSet<>(foreignLinkTypes);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
