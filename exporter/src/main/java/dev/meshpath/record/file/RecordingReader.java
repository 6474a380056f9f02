package dev.meshpath.record.file;

import dev.meshpath.record.Feed;
import dev.meshpath.record.KernelLedger;
import dev.meshpath.record.RecordHeader;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording, entry by entry, up to the last one that is whole: a file that was cut at any
 * byte, or is damaged anywhere, gives what is before. For one thread.
 */
public final class RecordingReader implements Closeable {
  private static final int INPUT_BYTES = 64 << 10;
  private static final int LEDGER_BYTES = 7 * Long.BYTES;
  private static final int DETACHED_BYTES = 6 * Long.BYTES;

  /** What a flush leaves at the end of the stream: an empty stored block (RFC 1951, 3.2.4). */
  private static final byte[] FLUSHED = {0, 0, (byte) 0xff, (byte) 0xff};

  private final Path file;
  private final InputStream in;
  private final RecordingHeader header;
  private final long headerBytes;
  private final Inflater inflater = new Inflater();
  private final byte[] input = new byte[INPUT_BYTES];
  private final byte[] entry = new byte[EntryType.HEAD_BYTES + EntryType.MOST_PAYLOAD_BYTES];
  private final ByteBuffer fields = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);

  /** As aligned as records of the ring are. */
  private final MemorySegment record =
      MemorySegment.ofArray(new long[EntryType.MOST_PAYLOAD_BYTES / Long.BYTES + 1]);

  private final CRC32C crc = new CRC32C();
  private EntryType type = EntryType.END;
  private int payload;
  private long timeNs;
  private long entries;
  private long wholeBytes;
  private boolean ended;
  private boolean damaged;

  private RecordingReader(Path file, InputStream in) throws IOException, RecordingException {
    this.file = file;
    this.in = in;
    this.header = RecordingHeader.read(in);
    this.headerBytes = header.bytes().length;
    this.wholeBytes = headerBytes;
  }

  /**
   * Opens a recording.
   *
   * @throws RecordingException if it is none that this program can use
   */
  public static RecordingReader open(Path file) throws IOException, RecordingException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    try {
      return new RecordingReader(file, in);
    } catch (IOException | RecordingException e) {
      in.close();
      throw e;
    }
  }

  /** Who recorded what. */
  public RecordingHeader header() {
    return header;
  }

  /** How many entries were read so far. */
  public long entries() {
    return entries;
  }

  /**
   * Reads the next entry.
   *
   * @return whether there is one
   */
  public boolean next() throws IOException {
    if (ended || damaged || !fill(0, EntryType.HEAD_BYTES)) {
      return false;
    }
    EntryType read = EntryType.of(entry[0]);
    payload = Short.toUnsignedInt(fields.getShort(1));
    if (!fill(EntryType.HEAD_BYTES, payload)) {
      return false;
    }
    if (read == null
        || fields.getInt(3) != EntryBuffer.crc(crc, entry, 0, payload)
        || !isOfItsLength(read, payload)) {
      damaged = true;
      return false;
    }
    entries++;
    wholeBytes = headerBytes + inflater.getBytesRead();
    type = read;
    ended = read == EntryType.END;
    timeNs = timeOf(read);
    return !ended;
  }

  /**
   * When the entry was, CLOCK_MONOTONIC; of one that does not say, when the former was. 0 before
   * the first.
   */
  public long timeNs() {
    return timeNs;
  }

  /** Repeats the call that the entry is. */
  public void feed(Feed feed) {
    switch (type) {
      case ATTACHED -> feed.attached(number(0), hooks());
      case RECORD -> feed.record(aligned(), 0, payload);
      case ROW -> feed.row(aligned(), 0, payload);
      case CLOCK -> feed.clock(number(0));
      case TIME -> feed.time(number(0));
      case LEDGER -> feed.ledger(number(0), ledger(), number(6));
      case DETACHED -> feed.detached(number(0), ledger());
      case DROPPED -> feed.dropped(number(0));
      case END -> {}
    }
  }

  /**
   * Why what was read is not the whole, as a sentence; null if it is. To be asked when {@link
   * #next} found no more.
   */
  public @Nullable String defect() throws IOException {
    long dropped = Files.size(file) - wholeBytes;
    if (ended) {
      return dropped == 0 ? null : sentence("goes on behind its end", dropped);
    }
    if (damaged) {
      return sentence("is damaged", dropped);
    }
    return sentence("has no end (its recorder was killed, or writes still)", dropped);
  }

  private String sentence(String what, long dropped) {
    return file
        + " "
        + what
        + ": its "
        + entries
        + " complete entries are used, and the last "
        + dropped
        + " bytes are not.";
  }

  private static boolean isOfItsLength(EntryType type, int payload) {
    return switch (type) {
      case ATTACHED -> payload >= Long.BYTES;
      case RECORD, ROW -> payload >= RecordHeader.BYTES;
      case CLOCK, TIME, DROPPED -> payload == Long.BYTES;
      case LEDGER -> payload == LEDGER_BYTES;
      case DETACHED -> payload == DETACHED_BYTES;
      case END -> payload == 0;
    };
  }

  private long timeOf(EntryType type) {
    return switch (type) {
      case ATTACHED, TIME, LEDGER, DETACHED -> number(0);
      case RECORD, ROW -> RecordHeader.ktimeNs(aligned(), 0);
      case CLOCK, DROPPED, END -> timeNs;
    };
  }

  private long number(int index) {
    return fields.getLong(EntryType.HEAD_BYTES + index * Long.BYTES);
  }

  private KernelLedger ledger() {
    return new KernelLedger(number(1), number(2), number(3), number(4), number(5));
  }

  private List<String> hooks() {
    String lines =
        new String(
            entry, EntryType.HEAD_BYTES + Long.BYTES, payload - Long.BYTES, StandardCharsets.UTF_8);
    return lines.lines().toList();
  }

  private MemorySegment aligned() {
    MemorySegment.copy(entry, EntryType.HEAD_BYTES, record, ValueLayout.JAVA_BYTE, 0, payload);
    return record;
  }

  /** Inflates {@code length} bytes to {@code at}; false where there are less. */
  private boolean fill(int at, int length) throws IOException {
    int filled = 0;
    while (filled < length) {
      int inflated = inflate(at + filled, length - filled);
      filled += inflated;
      if (inflated == 0) {
        if (damaged || inflater.finished() || inflater.needsDictionary()) {
          damaged = true; // ours is neither
          return false;
        }
        int read = in.read(input);
        if (read <= 0) {
          if (at == 0 && filled == 0) {
            takeFlush();
          }
          return false;
        }
        inflater.setInput(input, 0, read);
      }
    }
    return true;
  }

  /** What was inflated before the damage is good. */
  private int inflate(int at, int length) {
    long before = inflater.getBytesWritten();
    try {
      return inflater.inflate(entry, at, length);
    } catch (DataFormatException e) {
      damaged = true;
      return (int) (inflater.getBytesWritten() - before);
    }
  }

  /** Nothing but the mark of a flush follows upon the last entry: nothing is lost. */
  private void takeFlush() throws IOException {
    long read = headerBytes + inflater.getBytesRead();
    long size = Files.size(file);
    if (size != read || size - wholeBytes < FLUSHED.length) {
      return;
    }
    try (var channel = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(FLUSHED.length);
      channel.position(size - FLUSHED.length);
      while (last.hasRemaining() && channel.read(last) > 0) {
        // until it is full
      }
      if (Arrays.equals(last.array(), FLUSHED)) {
        wholeBytes = size;
      }
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
