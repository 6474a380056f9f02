package dev.meshpath.nl80211;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Messages made by hand, attribute by attribute, as lib/nlattr.c:nla_put lays them out. */
final class NetlinkBytes {
  private static final int ALIGNMENT = 4;
  private static final int NESTED = 0x8000;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  NetlinkBytes u8(AttributeType type, int value) {
    return attribute(type.code(), buffer(1).put((byte) value).array());
  }

  NetlinkBytes u16(AttributeType type, int value) {
    return u16(type.code(), value);
  }

  NetlinkBytes u16(int type, int value) {
    return attribute(type, buffer(2).putShort((short) value).array());
  }

  NetlinkBytes u32(AttributeType type, long value) {
    return u32(type.code(), value);
  }

  NetlinkBytes u32(int type, long value) {
    return attribute(type, buffer(4).putInt((int) value).array());
  }

  NetlinkBytes u64(AttributeType type, long value) {
    return attribute(type.code(), buffer(8).putLong(value).array());
  }

  /** An attribute without a payload: a flag, or padding. */
  NetlinkBytes flag(int type) {
    return attribute(type, new byte[0]);
  }

  NetlinkBytes mac(AttributeType type, long address) {
    byte[] octets = new byte[6];
    for (int octet = 0; octet < octets.length; octet++) {
      octets[octet] = (byte) (address >>> (40 - 8 * octet));
    }
    return attribute(type.code(), octets);
  }

  NetlinkBytes text(AttributeType type, String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    return attribute(type.code(), octets);
  }

  /** As nla_nest_start; nl80211 uses nla_nest_start_noflag, too. */
  NetlinkBytes nest(AttributeType type, NetlinkBytes inside) {
    byte[] nested = inside.bytes();
    return attribute(type.code() | NESTED, nested);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** For the decoders. */
  Attributes attributes() {
    return Attributes.parse(ByteBuffer.wrap(bytes()).order(ByteOrder.nativeOrder()));
  }

  /** A message of generic netlink: both headers and these attributes. */
  byte[] message(int family, int flags, int sequence) {
    byte[] attributes = bytes();
    return message(
        family, flags, sequence, buffer(4 + attributes.length).putInt(0).put(attributes).array());
  }

  /** A message of any type. */
  static byte[] message(int type, int flags, int sequence, byte[] payload) {
    int length = NetlinkMessage.HEADER_BYTES + payload.length;
    return buffer(aligned(length))
        .putInt(length)
        .putShort((short) type)
        .putShort((short) flags)
        .putInt(sequence)
        .putInt(0)
        .put(payload)
        .array();
  }

  /** The payload of an error or of the end of a dump. */
  static byte[] number(int number) {
    return buffer(4).putInt(number).array();
  }

  static byte[] concatenation(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private NetlinkBytes attribute(int type, byte[] payload) {
    int length = 4 + payload.length;
    bytes.writeBytes(
        buffer(aligned(length))
            .putShort((short) length)
            .putShort((short) type)
            .put(payload)
            .array());
    return this;
  }

  private static int aligned(int length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }
}
