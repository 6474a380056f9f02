package dev.meshpath.frame.file;

import dev.meshpath.frame.Reception;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The header of https://www.radiotap.org: only fields of the first word are of interest, and they
 * come first.
 *
 * @param length of the header
 * @param flags {@link #SAYS_NOTHING} if they are not there
 * @param reception what else it says
 */
record Radiotap(int length, int flags, Reception reception) {
  static final int SAYS_NOTHING = -1;

  private static final int START_BYTES = 8;
  private static final int FCS = 0x10;
  private static final int PADDED = 0x20;
  private static final int BAD_FCS = 0x40;
  private static final int KBPS_PER_RATE = 500;

  /** TSFT, flags, rate, channel, FHSS, antenna signal. */
  private static final int[] SIZES = {8, 1, 1, 4, 2, 1};

  private static final int[] ALIGNMENTS = {8, 1, 1, 2, 2, 1};

  private static final int FLAGS = 1;
  private static final int RATE = 2;
  private static final int CHANNEL = 3;
  private static final int SIGNAL = 5;

  boolean hasFcs() {
    return flags != SAYS_NOTHING && (flags & FCS) != 0;
  }

  boolean isPadded() {
    return flags != SAYS_NOTHING && (flags & PADDED) != 0;
  }

  boolean hasBadFcs() {
    return flags != SAYS_NOTHING && (flags & BAD_FCS) != 0;
  }

  /** Null if it is damaged. */
  static @Nullable Radiotap read(ByteBuffer bytes) {
    if (bytes.limit() < START_BYTES || bytes.get(0) != 0) {
      return null;
    }
    int length = Short.toUnsignedInt(bytes.getShort(2));
    int at = START_BYTES;
    int present = bytes.getInt(4);
    for (int word = present; word < 0; at += Integer.BYTES) { // bit 31: one more word
      if (length - at < Integer.BYTES || bytes.limit() - at < Integer.BYTES) {
        return null;
      }
      word = bytes.getInt(at);
    }
    if (length < at || bytes.limit() < length) {
      return null;
    }
    byte[] header = new byte[length];
    bytes.get(0, header);
    int flags = SAYS_NOTHING;
    OptionalInt rateKbps = OptionalInt.empty();
    OptionalInt mhz = OptionalInt.empty();
    OptionalInt signalDbm = OptionalInt.empty();
    for (int field = 0; field < SIZES.length; field++) {
      if ((present >>> field & 1) == 0) {
        continue;
      }
      at = at + ALIGNMENTS[field] - 1 & -ALIGNMENTS[field];
      if (length - at < SIZES[field]) {
        return null;
      }
      switch (field) {
        case FLAGS -> {
          flags = Byte.toUnsignedInt(bytes.get(at));
          header[at] &= (byte) ~(FCS | PADDED);
        }
        case RATE -> rateKbps = OptionalInt.of(Byte.toUnsignedInt(bytes.get(at)) * KBPS_PER_RATE);
        case CHANNEL -> mhz = OptionalInt.of(Short.toUnsignedInt(bytes.getShort(at)));
        case SIGNAL -> signalDbm = OptionalInt.of(bytes.get(at));
        default -> {}
      }
      at += SIZES[field];
    }
    return new Radiotap(length, flags, new Reception(signalDbm, rateKbps, mhz, header));
  }
}
