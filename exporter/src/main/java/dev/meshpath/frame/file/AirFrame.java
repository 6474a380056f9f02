package dev.meshpath.frame.file;

import dev.meshpath.frame.Defect;
import dev.meshpath.frame.Frame;
import dev.meshpath.frame.Reception;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A frame of a capture.
 *
 * @param number of its record in the file, from 1
 * @param time when it was captured
 * @param interfaceId the interface that captured it, counted through all sections of the file
 * @param reception what the radio said of it
 * @param fcs its frame check sequence
 * @param frame what it is
 * @param defect why even its beginning cannot be trusted; null if it can
 * @param bytes of the record
 * @param offset where in them the frame begins
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares frames
public record AirFrame(
    long number,
    Instant time,
    int interfaceId,
    Reception reception,
    Fcs fcs,
    Frame frame,
    @Nullable Defect defect,
    byte[] bytes,
    int offset) {
  /**
   * The frame in what a live interface delivers.
   *
   * @param number of the packet, from 1
   * @param time when it was captured
   * @param linkType what the bytes begin with, as <a
   *     href="https://www.tcpdump.org/linktypes.html">LINKTYPE_*</a>
   * @param bytes what was kept of it
   * @param length how many bytes there were
   * @return null if packets of this link type hold no 802.11 frame
   */
  public static @Nullable AirFrame of(
      long number, Instant time, int linkType, byte[] bytes, int length) {
    return LinkLayer.frame(new Packet(number, time, 0, linkType, Packet.UNKNOWN, bytes, length));
  }

  /** What became of the frame check sequence. */
  public enum Fcs {
    /** The capture says that there is none, or says nothing and the last bytes are none. */
    NONE,
    /** It was there and is right. */
    GOOD,
    /** It was there, or the radio knew it, and is wrong. */
    BAD,
    /** It was cut off. */
    CUT
  }
}
