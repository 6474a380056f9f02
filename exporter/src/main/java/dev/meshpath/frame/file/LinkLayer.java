package dev.meshpath.frame.file;

import dev.meshpath.frame.Defect;
import dev.meshpath.frame.Frame;
import dev.meshpath.frame.FrameDecoder;
import dev.meshpath.frame.Reception;
import dev.meshpath.frame.file.AirFrame.Fcs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a frame in a capture. The frame check sequence is announced by radiotap's or
 * PPI's flags, else by the packet's options (pcapng), else by the file. Where nobody announces it
 * and the last four bytes are the right check sequence of all the others, they are one: chance
 * makes that of one frame in four thousand million.
 */
final class LinkLayer {
  static final int FCS_BYTES = 4;

  private static final int PLAIN = 105;
  private static final int PRISM = 119;
  private static final int RADIOTAP = 127;
  private static final int AVS = 163;
  private static final int PPI = 192;

  private static final int AVS_MAGIC = 0x80211000;
  private static final int AVS_MAGIC_BITS = 0xfffff000;
  private static final int PRISM_MESSAGE = 0x44;
  private static final int PRISM_WLAN_MESSAGE = 0x41;

  /** Magic or message code, then the length. */
  private static final int START_BYTES = 8;

  private static final int PPI_COMMON = 2;
  private static final int PPI_COMMON_BYTES = 20;
  private static final int PPI_FCS = 0x1;
  private static final int PPI_BAD_FCS = 0x4;
  private static final int PPI_ALIGNED = 0x1;

  private LinkLayer() {}

  /**
   * What a header says.
   *
   * @param length where the frame begins; negative if the header is damaged
   * @param fcsBytes {@link Packet#UNKNOWN} if it does not say
   * @param badFcs whether the radio found the frame to be damaged
   * @param padded whether zeros follow the frame's header
   */
  private record Header(
      int length, int fcsBytes, boolean badFcs, boolean padded, Reception reception) {
    static final Header DAMAGED = of(-1);

    static Header of(int length) {
      return new Header(length, Packet.UNKNOWN, false, false, Reception.UNKNOWN);
    }
  }

  /** The frame in a packet; null if packets of this link type hold none. */
  static @Nullable AirFrame frame(Packet packet) {
    ByteBuffer bytes = ByteBuffer.wrap(packet.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    Header header = header(packet.linkType(), bytes);
    if (header == null) {
      return null;
    }
    if (header.length() < 0 || header.length() > bytes.limit()) {
      // a header that was cut is no sign of damage
      Defect defect =
          packet.bytes().length < packet.length() ? Defect.TRUNCATED : Defect.LINK_HEADER;
      Frame nothing = FrameDecoder.captured(packet.bytes(), 0, 0, 0, false);
      return new AirFrame(
          packet.number(),
          packet.time(),
          packet.interfaceId(),
          Reception.UNKNOWN,
          Fcs.NONE,
          nothing,
          defect,
          packet.bytes(),
          0);
    }
    int announced = header.fcsBytes() == Packet.UNKNOWN ? packet.fcsBytes() : header.fcsBytes();
    Fcs fcs = header.badFcs() ? Fcs.BAD : fcs(packet, header.length(), announced);
    boolean behind = announced == FCS_BYTES || (announced == Packet.UNKNOWN && fcs == Fcs.GOOD);
    int length = packet.length() - header.length() - (behind ? FCS_BYTES : 0);
    int kept = packet.bytes().length - header.length();
    Frame frame =
        FrameDecoder.captured(
            packet.bytes(), header.length(), kept, Math.max(length, 0), header.padded());
    return new AirFrame(
        packet.number(),
        packet.time(),
        packet.interfaceId(),
        header.reception(),
        fcs,
        frame,
        fcs == Fcs.BAD ? Defect.BAD_FCS : null,
        packet.bytes(),
        header.length());
  }

  private static Fcs fcs(Packet packet, int offset, int announced) {
    byte[] bytes = packet.bytes();
    if (announced == 0) {
      return Fcs.NONE;
    }
    if (bytes.length < packet.length() || bytes.length - offset < FCS_BYTES) {
      return announced == FCS_BYTES ? Fcs.CUT : Fcs.NONE;
    }
    CRC32 crc = new CRC32();
    int at = bytes.length - FCS_BYTES;
    crc.update(bytes, offset, at - offset);
    int there = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    if (there == (int) crc.getValue() && at > offset) {
      return Fcs.GOOD;
    }
    return announced == FCS_BYTES ? Fcs.BAD : Fcs.NONE;
  }

  private static @Nullable Header header(int linkType, ByteBuffer bytes) {
    return switch (linkType) {
      case PLAIN -> Header.of(0);
      case RADIOTAP -> radiotap(bytes);
      case PPI -> ppi(bytes);
      case PRISM, AVS -> prismOrAvs(bytes);
      default -> null;
    };
  }

  private static Header radiotap(ByteBuffer bytes) {
    Radiotap radiotap = Radiotap.read(bytes);
    if (radiotap == null) {
      return Header.DAMAGED;
    }
    boolean silent = radiotap.flags() == Radiotap.SAYS_NOTHING;
    return new Header(
        radiotap.length(),
        silent ? Packet.UNKNOWN : radiotap.hasFcs() ? FCS_BYTES : 0,
        radiotap.hasBadFcs(),
        radiotap.isPadded(),
        radiotap.reception());
  }

  /** Per-packet information header of CACE: fields of type, length, body. */
  private static Header ppi(ByteBuffer bytes) {
    if (bytes.limit() < START_BYTES || bytes.get(0) != 0) {
      return Header.DAMAGED;
    }
    int length = Short.toUnsignedInt(bytes.getShort(2));
    if (length < START_BYTES || bytes.limit() < length || bytes.getInt(4) != PLAIN) {
      return Header.DAMAGED;
    }
    boolean aligned = (bytes.get(1) & PPI_ALIGNED) != 0;
    int at = START_BYTES;
    while (length - at >= Integer.BYTES) {
      int type = Short.toUnsignedInt(bytes.getShort(at));
      int size = Short.toUnsignedInt(bytes.getShort(at + 2));
      at += Integer.BYTES;
      if (size > length - at) {
        return Header.DAMAGED;
      }
      if (type == PPI_COMMON && size >= PPI_COMMON_BYTES) {
        int flags = bytes.getShort(at + 8);
        int signalDbm = bytes.get(at + 18);
        return new Header(
            length,
            (flags & PPI_FCS) == 0 ? 0 : FCS_BYTES,
            (flags & PPI_BAD_FCS) != 0,
            false,
            Reception.ofSignal(
                signalDbm == Byte.MIN_VALUE ? OptionalInt.empty() : OptionalInt.of(signalDbm)));
      }
      at += aligned ? size + 3 & ~3 : size;
    }
    return Header.of(length);
  }

  /** Files of either link type hold either header; Prism's is in the byte order of its writer. */
  private static Header prismOrAvs(ByteBuffer bytes) {
    if (bytes.limit() < START_BYTES) {
      return Header.DAMAGED;
    }
    int little = bytes.getInt(0);
    int big = Integer.reverseBytes(little);
    if ((big & AVS_MAGIC_BITS) == AVS_MAGIC) {
      return sized(Integer.reverseBytes(bytes.getInt(4)), bytes);
    }
    if (little == PRISM_MESSAGE || little == PRISM_WLAN_MESSAGE) {
      return sized(bytes.getInt(4), bytes);
    }
    return big == PRISM_MESSAGE || big == PRISM_WLAN_MESSAGE
        ? sized(Integer.reverseBytes(bytes.getInt(4)), bytes)
        : Header.DAMAGED;
  }

  private static Header sized(int length, ByteBuffer bytes) {
    return length < START_BYTES || length > bytes.limit() ? Header.DAMAGED : Header.of(length);
  }
}
