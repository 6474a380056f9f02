package dev.meshpath.frame.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The format of Wireshark (draft-ietf-opsawg-pcapng): sections, interfaces, blocks. */
final class PcapngReader implements PacketReader {
  /** The block that begins a section; the same in both byte orders. */
  static final int SECTION = 0x0a0d0d0a;

  private static final int BYTE_ORDER = 0x1a2b3c4d;

  private static final int INTERFACE = 1;
  private static final int OLD_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int PACKET = 6;

  private static final int OPTION_FLAGS = 2;
  private static final int OPTION_TIME_RESOLUTION = 9;
  private static final int OPTION_FCS_LENGTH = 13;
  private static final int OPTION_TIME_OFFSET = 14;

  /** Of a block's frame: type and length before, length behind. */
  private static final int LENGTH_BYTES = 4;

  private static final int FRAME_BYTES = 12;
  private static final int NANOSECONDS = 1_000_000_000;

  private final CaptureInput in;
  private final List<Interface> interfaces = new ArrayList<>();
  private int firstInterface;
  private long block;
  private long number;

  /**
   * @param linkType see {@link Packet}
   * @param snapLength the most that is kept of a packet; 0: everything
   * @param fcsBytes {@link Packet#UNKNOWN} if not announced
   * @param unitsPerSecond of its timestamps; 0: 2 to the 64th or more
   * @param offsetSeconds to be added to its timestamps
   */
  private record Interface(
      int linkType, int snapLength, int fcsBytes, long unitsPerSecond, long offsetSeconds) {
    Instant time(long units) {
      if (unitsPerSecond == 0) {
        return Instant.EPOCH;
      }
      long seconds = Long.divideUnsigned(units, unitsPerSecond);
      long rest = Long.remainderUnsigned(units, unitsPerSecond);
      long nanos = (long) ((double) rest / unitsPerSecond * NANOSECONDS);
      if (unitsPerSecond <= NANOSECONDS) {
        nanos = rest * NANOSECONDS / unitsPerSecond;
      }
      return instant(seconds + offsetSeconds, Math.min(nanos, NANOSECONDS - 1));
    }

    private static Instant instant(long seconds, long nanos) {
      boolean possible =
          seconds >= Instant.MIN.getEpochSecond() && seconds <= Instant.MAX.getEpochSecond();
      return possible ? Instant.ofEpochSecond(seconds, nanos) : Instant.EPOCH;
    }
  }

  /**
   * @param in behind the first four bytes
   */
  PcapngReader(CaptureInput in) throws IOException, CaptureException {
    this.in = in;
    section();
  }

  @Override
  public @Nullable Packet next() throws IOException, CaptureException {
    while (true) {
      String within = "block " + (block + 1);
      ByteBuffer header = in.readOrEnd(LENGTH_BYTES, within);
      if (header == null) {
        return null;
      }
      int type = header.getInt(0);
      if (type == SECTION) {
        section();
        continue;
      }
      ByteBuffer body = body(in.read(LENGTH_BYTES, within).getInt(0), FRAME_BYTES, within);
      block++;
      Packet packet =
          switch (type) {
            case INTERFACE -> {
              interfaces.add(describe(body));
              yield null;
            }
            case PACKET, OLD_PACKET -> packet(body, type == OLD_PACKET);
            case SIMPLE_PACKET -> simple(body);
            default -> null;
          };
      if (packet != null) {
        return packet;
      }
    }
  }

  /** Behind its type; the byte order of the section holds from its length on. */
  private void section() throws IOException, CaptureException {
    String within = "block " + (block + 1);
    byte[] start = in.read(2 * LENGTH_BYTES, within).array();
    ByteOrder order = ByteOrder.BIG_ENDIAN;
    if (ByteBuffer.wrap(start).getInt(LENGTH_BYTES) != BYTE_ORDER) {
      order = ByteOrder.LITTLE_ENDIAN;
      if (ByteBuffer.wrap(start).order(order).getInt(LENGTH_BYTES) != BYTE_ORDER) {
        throw damaged("a section of no byte order");
      }
    }
    in.order(order);
    body(ByteBuffer.wrap(start).order(order).getInt(0), FRAME_BYTES + LENGTH_BYTES, within);
    block++;
    firstInterface += interfaces.size();
    interfaces.clear();
  }

  /** What is left of a block of {@code total} bytes, of which {@code frame} frame it. */
  private ByteBuffer body(int total, int frame, String within)
      throws IOException, CaptureException {
    if (total < frame || total > CaptureInput.MAX_BYTES || total % LENGTH_BYTES != 0) {
      throw damaged("a block of " + Integer.toUnsignedString(total) + " bytes");
    }
    ByteBuffer body = in.read(total - frame + LENGTH_BYTES, within);
    if (body.getInt(total - frame) != total) {
      throw damaged("a block with two lengths");
    }
    return body.limit(total - frame);
  }

  private Interface describe(ByteBuffer body) throws CaptureException {
    require(body, 8);
    int fcsBytes = Packet.UNKNOWN;
    long unitsPerSecond = 1_000_000;
    long offsetSeconds = 0;
    int at = 8;
    for (int code = option(body, at); code != 0; code = option(body, at)) {
      int length = Short.toUnsignedInt(body.getShort(at + 2));
      int value = at + LENGTH_BYTES;
      switch (code) {
        case OPTION_FCS_LENGTH -> fcsBytes = length < 1 ? fcsBytes : fcsBytes(body.get(value));
        case OPTION_TIME_RESOLUTION ->
            unitsPerSecond = length < 1 ? unitsPerSecond : units(body.get(value));
        case OPTION_TIME_OFFSET ->
            offsetSeconds = length < Long.BYTES ? offsetSeconds : body.getLong(value);
        default -> {}
      }
      at = value + padded(length);
    }
    return new Interface(
        Short.toUnsignedInt(body.getShort(0)),
        body.getInt(4),
        fcsBytes,
        unitsPerSecond,
        offsetSeconds);
  }

  /** In bits by the text of the draft, in bytes by its example and by Wireshark. */
  private static int fcsBytes(byte length) {
    return switch (length) {
      case 0 -> 0;
      case 4, 32 -> LinkLayer.FCS_BYTES;
      default -> Packet.UNKNOWN;
    };
  }

  private static long units(byte resolution) {
    int exponent = resolution & 0x7f;
    if (resolution < 0) {
      return exponent < Long.SIZE ? 1L << exponent : 0;
    }
    long units = 1;
    for (int i = 0; i < exponent; i++) {
      if (units > Long.MAX_VALUE / 10) {
        return 0;
      }
      units *= 10;
    }
    return units;
  }

  /** The code of the option at {@code at}; 0, which ends the options, if none is there whole. */
  private static int option(ByteBuffer body, int at) {
    if (body.limit() - at < LENGTH_BYTES) {
      return 0;
    }
    int length = Short.toUnsignedInt(body.getShort(at + 2));
    return length <= body.limit() - at - LENGTH_BYTES ? Short.toUnsignedInt(body.getShort(at)) : 0;
  }

  /** Both packet blocks have time, lengths and bytes at the same places. */
  private Packet packet(ByteBuffer body, boolean old) throws CaptureException {
    require(body, 20);
    int index = old ? Short.toUnsignedInt(body.getShort(0)) : body.getInt(0);
    Interface from = captured(index);
    int kept = body.getInt(12);
    int length = body.getInt(16);
    if (kept < 0 || length < 0 || kept > body.limit() - 20) {
      throw damaged("a packet longer than its block");
    }
    long units =
        Integer.toUnsignedLong(body.getInt(4)) << Integer.SIZE
            | Integer.toUnsignedLong(body.getInt(8));
    int fcsBytes = from.fcsBytes();
    int at = 20 + padded(kept);
    for (int code = option(body, at); code != 0; code = option(body, at)) {
      int size = Short.toUnsignedInt(body.getShort(at + 2));
      if (code == OPTION_FLAGS && size == Integer.BYTES) {
        // bits 5 to 8: 0 if it is not known
        int announced = body.getInt(at + LENGTH_BYTES) >>> 5 & 0xf;
        fcsBytes = announced == LinkLayer.FCS_BYTES ? announced : fcsBytes;
      }
      at += LENGTH_BYTES + padded(size);
    }
    return packet(index, from, from.time(units), fcsBytes, body.slice(20, kept), length);
  }

  private Packet simple(ByteBuffer body) throws CaptureException {
    require(body, 4);
    Interface from = captured(0);
    int length = body.getInt(0);
    if (length < 0) {
      throw damaged("a packet longer than its block");
    }
    int most = from.snapLength() <= 0 ? length : Math.min(length, from.snapLength());
    int kept = Math.min(most, body.limit() - 4);
    return packet(0, from, Instant.EPOCH, from.fcsBytes(), body.slice(4, kept), length);
  }

  private Packet packet(
      int index, Interface from, Instant time, int fcsBytes, ByteBuffer kept, int length) {
    byte[] bytes = new byte[kept.remaining()];
    kept.get(bytes);
    number++;
    return new Packet(
        number,
        time,
        firstInterface + index,
        from.linkType(),
        fcsBytes,
        bytes,
        Math.max(length, bytes.length));
  }

  private Interface captured(int index) throws CaptureException {
    if (index < 0 || index >= interfaces.size()) {
      throw damaged("a packet of interface " + index + ", which is not described,");
    }
    return interfaces.get(index);
  }

  private void require(ByteBuffer body, int bytes) throws CaptureException {
    if (body.limit() < bytes) {
      throw damaged("a block too short for its kind");
    }
  }

  private static int padded(int length) {
    return length + LENGTH_BYTES - 1 & -LENGTH_BYTES;
  }

  private CaptureException damaged(String what) {
    return new CaptureException("is damaged: " + what + " ends at byte " + in.at());
  }
}
