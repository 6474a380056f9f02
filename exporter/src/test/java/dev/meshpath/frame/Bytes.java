package dev.meshpath.frame;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Bytes, field by field; numbers are little-endian, as everywhere in 802.11. */
public final class Bytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public static Bytes of(String hex) {
    return new Bytes().hex(hex);
  }

  /** Spaces and line ends are for the reader. */
  public Bytes hex(String hex) {
    return raw(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
  }

  public Bytes raw(byte[] raw) {
    bytes.writeBytes(raw);
    return this;
  }

  public Bytes u8(int value) {
    bytes.write(value);
    return this;
  }

  public Bytes u16(int value) {
    return u8(value).u8(value >>> 8);
  }

  public Bytes u32(int value) {
    return u16(value).u16(value >>> 16);
  }

  public Bytes mac(long address) {
    for (int shift = 40; shift >= 0; shift -= 8) {
      u8((int) (address >>> shift));
    }
    return this;
  }

  /** Id, length, body. */
  public Bytes element(int id, byte[] body) {
    return u8(id).u8(body.length).raw(body);
  }

  public byte[] toArray() {
    return bytes.toByteArray();
  }
}
