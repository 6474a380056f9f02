package dev.meshpath.frame;

import dev.meshpath.net.MacAddress;

/**
 * The header of an 802.11 frame (IEEE 802.11-2020, 9.2.4).
 *
 * @param frameControl 16 bits
 * @param address1 the receiver, see {@link MacAddress}
 * @param address2 the transmitter; {@link MacAddress#NONE} where there is none
 * @param address3 its meaning depends on the kind of frame; {@code NONE} where there is none
 * @param address4 only of data frames with both DS bits; else {@code NONE}
 * @param sequenceControl 16 bits; {@link #ABSENT} in control frames
 * @param qosControl 16 bits; {@link #ABSENT} but in QoS data frames
 * @param length bytes up to the body; of frames of an unknown kind only those that name the kind
 */
public record FrameHeader(
    int frameControl,
    long address1,
    long address2,
    long address3,
    long address4,
    int sequenceControl,
    int qosControl,
    int length) {
  /** A field that this kind of frame does not have. */
  public static final int ABSENT = -1;

  /** Type of management frames. */
  public static final int MANAGEMENT = 0;

  /** Type of control frames. */
  public static final int CONTROL = 1;

  /** Type of data frames. */
  public static final int DATA = 2;

  /** Subtype of the management frames that ask for no acknowledgement and else are actions. */
  public static final int ACTION_NO_ACK = 14;

  /** Subtype of action frames. */
  public static final int ACTION = 13;

  private static final int CONTROL_BYTES = 2;

  private static final int TO_DS = 0x0100;
  private static final int FROM_DS = 0x0200;
  private static final int MORE_FRAGMENTS = 0x0400;
  private static final int RETRY = 0x0800;
  private static final int PROTECTED = 0x4000;
  private static final int ORDER = 0x8000;
  private static final int QOS = 0x8;

  /** Whether this is a kind of frame whose header is known. */
  public boolean isKnown() {
    return length > CONTROL_BYTES;
  }

  /** Version of the protocol: 0, or nothing of the rest holds. */
  public int version() {
    return frameControl & 0x3;
  }

  /** {@link #MANAGEMENT}, {@link #CONTROL}, {@link #DATA} or 3. */
  public int type() {
    return frameControl >>> 2 & 0x3;
  }

  /** Meaningful together with the type. */
  public int subtype() {
    return frameControl >>> 4 & 0xf;
  }

  /** Whether this is an action frame, with acknowledgement or without. */
  public boolean isAction() {
    return type() == MANAGEMENT && (subtype() == ACTION || subtype() == ACTION_NO_ACK);
  }

  /** Whether a data frame has a QoS control field. */
  public boolean hasQos() {
    return type() == DATA && (subtype() & QOS) != 0;
  }

  /** Whether there is an HT control field: the order bit says so where it does not say order. */
  public boolean hasHtControl() {
    return (frameControl & ORDER) != 0 && (type() == MANAGEMENT || hasQos());
  }

  /** Whether both DS bits are set: four addresses. */
  public boolean hasFourAddresses() {
    return toDs() && fromDs();
  }

  public boolean toDs() {
    return (frameControl & TO_DS) != 0;
  }

  public boolean fromDs() {
    return (frameControl & FROM_DS) != 0;
  }

  public boolean moreFragments() {
    return (frameControl & MORE_FRAGMENTS) != 0;
  }

  /** Whether the transmitter sent this frame before. */
  public boolean retry() {
    return (frameControl & RETRY) != 0;
  }

  /** Whether the body was encrypted on the air. The kernel leaves the bit when it decrypts. */
  public boolean isProtected() {
    return (frameControl & PROTECTED) != 0;
  }

  public long receiver() {
    return address1;
  }

  public long transmitter() {
    return address2;
  }

  /** The DA: of a frame of the mesh with four addresses the mesh DA. */
  public long destination() {
    return toDs() ? address3 : address1;
  }

  /** The SA: of a data frame of the mesh the mesh SA. */
  public long source() {
    if (hasFourAddresses()) {
      return address4;
    }
    return fromDs() ? address3 : address2;
  }

  /** 0 to 4095; {@link #ABSENT} in control frames. */
  public int sequenceNumber() {
    return sequenceControl == ABSENT ? ABSENT : sequenceControl >>> 4;
  }

  /** 0 where a frame is not fragmented. */
  public int fragmentNumber() {
    return sequenceControl == ABSENT ? 0 : sequenceControl & 0xf;
  }

  /**
   * Reads what there is of a header; its length is the one it should have.
   *
   * @param padded whether zeros follow the header up to a multiple of four bytes
   */
  static FrameHeader read(Cursor cursor, boolean padded) {
    int control = cursor.u16();
    int there = cursor.fields() * CONTROL_BYTES;
    FrameHeader kind = new FrameHeader(control, 0, 0, 0, 0, ABSENT, ABSENT, there);
    if (there == 0 || kind.version() != 0) {
      return kind;
    }
    cursor.u16(); // duration
    return switch (kind.type()) {
      case MANAGEMENT, DATA -> {
        long address1 = cursor.mac();
        long address2 = cursor.mac();
        long address3 = cursor.mac();
        int sequenceControl = cursor.left() >= Short.BYTES ? cursor.u16() : ABSENT;
        boolean four = kind.type() == DATA && kind.hasFourAddresses();
        long address4 = four ? cursor.mac() : MacAddress.NONE;
        int qosControl = kind.hasQos() && cursor.left() >= Short.BYTES ? cursor.u16() : ABSENT;
        int length = 24 + (four ? 6 : 0) + (kind.hasQos() ? 2 : 0) + (kind.hasHtControl() ? 4 : 0);
        yield new FrameHeader(
            control,
            address1,
            address2,
            address3,
            address4,
            sequenceControl,
            qosControl,
            padded ? length + 3 & ~3 : length);
      }
      case CONTROL -> {
        boolean two = hasTransmitter(kind.subtype());
        yield new FrameHeader(
            control,
            cursor.mac(),
            two ? cursor.mac() : MacAddress.NONE,
            MacAddress.NONE,
            MacAddress.NONE,
            ABSENT,
            ABSENT,
            two ? 16 : 10);
      }
      default -> kind;
    };
  }

  /** Of the control frames all but CTS, ACK, the wrapper and those that 802.11s does not know. */
  private static boolean hasTransmitter(int subtype) {
    return switch (subtype) {
      case 8, 9, 10, 11, 14, 15 -> true;
      default -> false;
    };
  }
}
