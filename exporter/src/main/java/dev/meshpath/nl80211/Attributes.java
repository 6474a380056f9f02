package dev.meshpath.nl80211;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The attributes of a message or of a nest in it (include/uapi/linux/netlink.h:struct nlattr). An
 * attribute has exactly the width that it is asked for, or it is malformed.
 */
final class Attributes {
  private static final int HEADER_BYTES = 4;

  /** Without {@code NLA_F_NESTED} and {@code NLA_F_NET_BYTEORDER}. */
  private static final int TYPE = 0x3fff;

  private static final int MAC_BYTES = 6;

  private final Map<Integer, ByteBuffer> payloads = new HashMap<>();

  private Attributes() {}

  /**
   * Reads all headers. Of two attributes of one type the later counts, as for the kernel
   * (lib/nlattr.c:nla_parse).
   *
   * @param bytes in native byte order
   * @throws MalformedMessageException if an attribute is longer than what there is
   */
  static Attributes parse(ByteBuffer bytes) {
    Attributes attributes = new Attributes();
    int at = 0;
    while (at < bytes.limit()) {
      int left = bytes.limit() - at;
      if (left < HEADER_BYTES) {
        throw new MalformedMessageException(left + " bytes are no attribute header");
      }
      int length = Short.toUnsignedInt(bytes.getShort(at));
      if (length < HEADER_BYTES || length > left) {
        throw new MalformedMessageException(
            "an attribute of " + length + " bytes where there are " + left);
      }
      attributes.payloads.put(
          bytes.getShort(at + 2) & TYPE,
          bytes.slice(at + HEADER_BYTES, length - HEADER_BYTES).order(bytes.order()));
      at += NetlinkMessage.aligned(length);
    }
    return attributes;
  }

  boolean has(AttributeType type) {
    return payloads.containsKey(type.code());
  }

  int u8(AttributeType type) {
    return Byte.toUnsignedInt(payload(type, Byte.BYTES).get(0));
  }

  int s8(AttributeType type) {
    return payload(type, Byte.BYTES).get(0);
  }

  int u16(AttributeType type) {
    return Short.toUnsignedInt(payload(type, Short.BYTES).getShort(0));
  }

  int s32(AttributeType type) {
    return payload(type, Integer.BYTES).getInt(0);
  }

  long u32(AttributeType type) {
    return Integer.toUnsignedLong(s32(type));
  }

  long s64(AttributeType type) {
    return payload(type, Long.BYTES).getLong(0);
  }

  OptionalInt ifPresentS8(AttributeType type) {
    return has(type) ? OptionalInt.of(s8(type)) : OptionalInt.empty();
  }

  OptionalInt ifPresentU16(AttributeType type) {
    return has(type) ? OptionalInt.of(u16(type)) : OptionalInt.empty();
  }

  OptionalLong ifPresentU32(AttributeType type) {
    return has(type) ? OptionalLong.of(u32(type)) : OptionalLong.empty();
  }

  OptionalLong ifPresentS64(AttributeType type) {
    return has(type) ? OptionalLong.of(s64(type)) : OptionalLong.empty();
  }

  /** See {@link dev.meshpath.net.MacAddress}. */
  long mac(AttributeType type) {
    ByteBuffer payload = payload(type, MAC_BYTES);
    long address = 0;
    for (int octet = 0; octet < MAC_BYTES; octet++) {
      address = address << 8 | Byte.toUnsignedLong(payload.get(octet));
    }
    return address;
  }

  /** The characters before the first NUL. */
  String name(AttributeType type) {
    ByteBuffer payload = payload(type);
    byte[] octets = new byte[payload.limit()];
    payload.get(0, octets);
    String name = new String(octets, StandardCharsets.UTF_8);
    int end = name.indexOf('\0');
    return end < 0 ? name : name.substring(0, end);
  }

  Attributes nest(AttributeType type) {
    return parse(payload(type));
  }

  private ByteBuffer payload(AttributeType type, int bytes) {
    ByteBuffer payload = payload(type);
    if (payload.limit() != bytes) {
      throw new MalformedMessageException(
          type.kernelName() + " has " + payload.limit() + " bytes, not " + bytes);
    }
    return payload;
  }

  private ByteBuffer payload(AttributeType type) {
    ByteBuffer payload = payloads.get(type.code());
    if (payload == null) {
      throw new MalformedMessageException(type.kernelName() + " is missing");
    }
    return payload;
  }
}
