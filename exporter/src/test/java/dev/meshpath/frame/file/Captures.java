package dev.meshpath.frame.file;

import dev.meshpath.frame.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Captures as others write them: files of either format, and what stands around a frame. */
public final class Captures {
  public static final int PLAIN = 105;
  public static final int PRISM = 119;
  public static final int RADIOTAP = 127;
  public static final int AVS = 163;
  public static final int PPI = 192;

  private Captures() {}

  /** A file of libpcap. */
  public static final class Pcap {
    private final ByteOrder order;
    private final Bytes file = new Bytes();

    public Pcap(ByteOrder order, int magic, int linkType) {
      this.order = order;
      file.raw(ints(order, magic))
          .raw(shorts(order, 2, 4))
          .raw(ints(order, 0, 0, 262144, linkType));
    }

    public static Pcap of(int linkType) {
      return new Pcap(ByteOrder.LITTLE_ENDIAN, PcapReader.MICROSECONDS, linkType);
    }

    public Pcap packet(byte[] bytes) {
      return packet(1, 2, bytes, bytes.length);
    }

    public Pcap packet(int seconds, int fraction, byte[] bytes, int length) {
      file.raw(ints(order, seconds, fraction, bytes.length, length)).raw(bytes);
      return this;
    }

    public byte[] toArray() {
      return file.toArray();
    }
  }

  /** A file of Wireshark. */
  public static final class Pcapng {
    private final Bytes file = new Bytes();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    public Pcapng section(ByteOrder order) {
      this.order = order;
      return block(0x0a0d0d0a, ints(order, 0x1a2b3c4d), shorts(order, 1, 0), ints(order, -1, -1));
    }

    public Pcapng device(int linkType, byte[]... options) {
      return block(1, shorts(order, linkType, 0), ints(order, 0), join(options));
    }

    public byte[] option(int code, byte[] value) {
      return new Bytes().raw(shorts(order, code, value.length)).raw(padded(value)).toArray();
    }

    public byte[] int32(int value) {
      return ints(order, value);
    }

    public byte[] int64(long value) {
      return ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).array();
    }

    public Pcapng packet(int device, long time, byte[] bytes, byte[]... options) {
      return cutPacket(device, time, bytes, bytes.length, options);
    }

    public Pcapng cutPacket(int device, long time, byte[] bytes, int length, byte[]... options) {
      return block(
          6,
          ints(order, device, (int) (time >>> Integer.SIZE), (int) time, bytes.length, length),
          padded(bytes),
          join(options));
    }

    public Pcapng oldPacket(int device, byte[] bytes) {
      return block(
          2,
          shorts(order, device, 0),
          ints(order, 0, 0, bytes.length, bytes.length),
          padded(bytes));
    }

    public Pcapng simplePacket(byte[] bytes) {
      return block(3, ints(order, bytes.length), padded(bytes));
    }

    public Pcapng block(int type, byte[]... parts) {
      byte[] body = join(parts);
      byte[] length = ints(order, body.length + 12);
      file.raw(ints(order, type)).raw(length).raw(body).raw(length);
      return this;
    }

    public byte[] toArray() {
      return file.toArray();
    }
  }

  /** Radiotap with a time, flags, a rate, a channel and a signal. */
  public static byte[] radiotap(int flags, byte[] frame) {
    return new Bytes()
        .hex("0000 1700 2f000000 0807060504030201")
        .u8(flags)
        .hex("02 6c09 a000 d8")
        .raw(frame)
        .toArray();
  }

  /** Radiotap with two more words and their fields, and without flags. */
  public static byte[] radiotapWithoutFlags(byte[] frame) {
    return new Bytes()
        .hex("0000 1c00 200000a0 20000080 00000000 d9 da 00 00 00000000 00000000")
        .raw(frame)
        .toArray();
  }

  public static byte[] ppi(int flags, byte[] frame) {
    return new Bytes()
        .hex("00 00 2800 69000000  0400 0400 deadbeef  0200 1400 0000000000000000")
        .u16(flags)
        .hex("0200 6c09 a000 0000 d8 a0")
        .raw(frame)
        .toArray();
  }

  public static byte[] avs(byte[] frame) {
    return new Bytes().hex("80211001 00000040").raw(new byte[56]).raw(frame).toArray();
  }

  public static byte[] prism(ByteOrder order, byte[] frame) {
    return new Bytes().raw(ints(order, 0x44, 144)).raw(new byte[136]).raw(frame).toArray();
  }

  public static byte[] withFcs(byte[] frame) {
    CRC32 crc = new CRC32();
    crc.update(frame);
    return new Bytes().raw(frame).u32((int) crc.getValue()).toArray();
  }

  private static byte[] padded(byte[] bytes) {
    return ByteBuffer.allocate(bytes.length + 3 & ~3).put(bytes).array();
  }

  private static byte[] ints(ByteOrder order, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length).order(order);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static byte[] shorts(ByteOrder order, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * values.length).order(order);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }

  private static byte[] join(byte[]... parts) {
    Bytes all = new Bytes();
    for (byte[] part : parts) {
      all.raw(part);
    }
    return all.toArray();
  }
}
