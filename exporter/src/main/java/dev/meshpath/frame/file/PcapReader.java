package dev.meshpath.frame.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The old format of libpcap (draft-ietf-opsawg-pcap), with micro- or nanoseconds. */
final class PcapReader implements PacketReader {
  static final int MICROSECONDS = 0xa1b2c3d4;
  static final int NANOSECONDS = 0xa1b23c4d;

  private static final int HEADER_BYTES = 20;
  private static final int RECORD_BYTES = 16;
  private static final int LINK_TYPE = 0xffff;
  private static final int FCS_LENGTH_PRESENT = 0x0400_0000;
  private static final int FCS_LENGTH_SHIFT = 28;

  private final CaptureInput in;
  private final int nanoseconds;
  private final int linkType;
  private final int fcsBytes;
  private long number;

  /**
   * @param in behind the first four bytes
   * @param order of the file
   * @param magic the first four bytes in that order
   */
  PcapReader(CaptureInput in, ByteOrder order, int magic) throws IOException, CaptureException {
    in.order(order);
    this.in = in;
    this.nanoseconds = magic == NANOSECONDS ? 1 : 1000;
    int network = in.read(HEADER_BYTES, "its header").getInt(16);
    this.linkType = network & LINK_TYPE;
    this.fcsBytes =
        (network & FCS_LENGTH_PRESENT) == 0
            ? Packet.UNKNOWN
            : fcsBytes(network >>> FCS_LENGTH_SHIFT);
  }

  /** In words of 16 bits by the draft, in bytes by its first writers; an FCS has four bytes. */
  private static int fcsBytes(int length) {
    return switch (length) {
      case 0 -> 0;
      case 2, 4 -> LinkLayer.FCS_BYTES;
      default -> Packet.UNKNOWN;
    };
  }

  @Override
  public @Nullable Packet next() throws IOException, CaptureException {
    String record = "record " + (number + 1);
    ByteBuffer header = in.readOrEnd(RECORD_BYTES, record);
    if (header == null) {
      return null;
    }
    int kept = header.getInt(8);
    int length = header.getInt(12);
    if (kept < 0 || kept > CaptureInput.MAX_BYTES || length < 0) {
      throw new CaptureException(
          "is damaged at byte "
              + (in.at() - RECORD_BYTES)
              + ": "
              + record
              + " would have "
              + Integer.toUnsignedString(kept)
              + " bytes of "
              + Integer.toUnsignedString(length));
    }
    byte[] bytes = in.read(kept, record).array();
    number++;
    Instant time =
        Instant.ofEpochSecond(
            Integer.toUnsignedLong(header.getInt(0)),
            Integer.toUnsignedLong(header.getInt(4)) * nanoseconds);
    return new Packet(number, time, 0, linkType, fcsBytes, bytes, Math.max(length, kept));
  }
}
