package dev.meshpath.collector.meshpath.capture;

import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.file.PcapngWriter.LinkType;
import java.util.Arrays;

/**
 * A frame of the kernel's memory as it would be on a wire or on the air, for programs that know no
 * mac80211.
 *
 * @param bytes the first ones
 * @param length how many there were
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record CapturedBytes(LinkType linkType, byte[] bytes, int length) {
  /** IEEE 802.11-2020, 9.2.4.1: second octet of the frame control. */
  private static final int PROTECTED = 0x40;

  private static final int ADDRESSES = 12;
  private static final int ETHERNET = 14;

  /** What is below in the place of the EtherType is a length (IEEE 802.3, 3.2.6). */
  private static final int LOWEST_ETHER_TYPE = 0x600;

  private static final int MESH_CONTROL = 6;
  private static final int EXTENSION = 0x3;
  private static final byte[] SNAP = {(byte) 0xaa, (byte) 0xaa, 3, 0, 0};

  static CapturedBytes of(FrameSnapshot frame) {
    return frame.form() == FrameSnapshot.Form.ETHERNET ? ethernet(frame) : wireless(frame);
  }

  /**
   * The kernel leaves the bit that says "encrypted" in what it has decrypted. Behind the radio's
   * own header, where a monitor interface heard the frame.
   */
  private static CapturedBytes wireless(FrameSnapshot frame) {
    byte[] bytes = frame.bytes();
    if (bytes.length > 1 && (bytes[1] & PROTECTED) != 0) {
      bytes = bytes.clone();
      bytes[1] &= (byte) ~PROTECTED;
    }
    byte[] radiotap = frame.reception().radiotap();
    if (radiotap.length == 0) {
      return new CapturedBytes(LinkType.IEEE80211, bytes, frame.length());
    }
    byte[] both = Arrays.copyOf(radiotap, radiotap.length + bytes.length);
    System.arraycopy(bytes, 0, both, radiotap.length, bytes.length);
    return new CapturedBytes(LinkType.RADIOTAP, both, radiotap.length + frame.length());
  }

  /**
   * A received one still has mesh control and SNAP header behind its length; without them, it is
   * what the network device hands out (net/wireless/util.c:ieee80211_strip_8023_mesh_hdr).
   */
  private static CapturedBytes ethernet(FrameSnapshot frame) {
    byte[] bytes = frame.bytes();
    if (bytes.length <= ETHERNET || u16(bytes, ADDRESSES) >= LOWEST_ETHER_TYPE) {
      return new CapturedBytes(LinkType.ETHERNET, bytes, frame.length());
    }
    int extension = bytes[ETHERNET] & EXTENSION;
    int snap = ETHERNET + MESH_CONTROL + extension * MESH_CONTROL;
    int type = snap + SNAP.length + 1;
    if (extension == EXTENSION
        || bytes.length < type + Short.BYTES
        || !Arrays.equals(bytes, snap, snap + SNAP.length, SNAP, 0, SNAP.length)) {
      return new CapturedBytes(LinkType.ETHERNET, bytes, frame.length());
    }
    int removed = type - ADDRESSES;
    byte[] bare = new byte[bytes.length - removed];
    // with two external addresses these are destination and source, in the same order
    int addresses = extension == 2 ? ETHERNET + MESH_CONTROL : 0;
    System.arraycopy(bytes, addresses, bare, 0, ADDRESSES);
    if (extension == 1) {
      System.arraycopy(bytes, ETHERNET + MESH_CONTROL, bare, MESH_CONTROL, MESH_CONTROL);
    }
    System.arraycopy(bytes, type, bare, ADDRESSES, bytes.length - type);
    return new CapturedBytes(LinkType.ETHERNET, bare, Math.max(frame.length() - removed, 0));
  }

  private static int u16(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]) << Byte.SIZE | Byte.toUnsignedInt(bytes[at + 1]);
  }
}
