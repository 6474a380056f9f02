package dev.meshpath.collector.meshpath.trace;

import dev.meshpath.frame.FrameSnapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Path selection frames as Linux sends them, for tests. Stations by number. */
public final class Frames {
  public static final int EVERYBODY = -1;

  private static final int HEADER = 24;

  private Frames() {}

  public static long station(int n) {
    return n == EVERYBODY ? 0xffff_ffff_ffffL : 0x0200_0000_0000L | (long) n << 8;
  }

  public static FrameSnapshot preq(
      int from, int hops, int originator, int originatorSn, int target, int preqId) {
    ByteBuffer frame = action(EVERYBODY, from, 130, 37);
    frame.put((byte) 0).put((byte) hops).put((byte) (31 - hops)).putInt(preqId);
    mac(frame, originator);
    frame.putInt(originatorSn).putInt(4882).putInt(100 * hops);
    frame.put((byte) 1).put((byte) 0);
    mac(frame, target);
    return done(frame.putInt(0));
  }

  public static FrameSnapshot prep(
      int to, int from, int hops, int originator, int originatorSn, int target, int targetSn) {
    ByteBuffer frame = action(to, from, 131, 31);
    frame.put((byte) 0).put((byte) hops).put((byte) (31 - hops));
    mac(frame, target);
    frame.putInt(targetSn).putInt(4882).putInt(100 * hops);
    mac(frame, originator);
    return done(frame.putInt(originatorSn));
  }

  public static FrameSnapshot perr(int from, int destination, int sn, int reason) {
    ByteBuffer frame = action(EVERYBODY, from, 132, 15);
    frame.put((byte) 31).put((byte) 1).put((byte) 0);
    mac(frame, destination);
    return done(frame.putInt(sn).putShort((short) reason));
  }

  public static FrameSnapshot rann(int from, int root, int sn) {
    ByteBuffer frame = action(EVERYBODY, from, 126, 21);
    frame.put((byte) 0).put((byte) 0).put((byte) 31);
    mac(frame, root);
    return done(frame.putInt(sn).putInt(5000).putInt(0));
  }

  private static ByteBuffer action(int to, int from, int element, int length) {
    ByteBuffer frame =
        ByteBuffer.allocate(HEADER + 4 + length).order(ByteOrder.LITTLE_ENDIAN).putInt(0xd0);
    mac(frame, to);
    mac(frame, from);
    mac(frame, from);
    return frame
        .putShort((short) 0)
        .put((byte) 13)
        .put((byte) 1)
        .put((byte) element)
        .put((byte) length);
  }

  private static void mac(ByteBuffer frame, int station) {
    long address = station(station);
    for (int octet = 5; octet >= 0; octet--) {
      frame.put((byte) (address >>> (8 * octet)));
    }
  }

  private static FrameSnapshot done(ByteBuffer frame) {
    byte[] bytes = new byte[frame.capacity()];
    frame.get(0, bytes);
    return new FrameSnapshot(FrameSnapshot.Form.IEEE80211, bytes.length, bytes);
  }
}
