package dev.meshpath.frame;

import dev.meshpath.net.MacAddress;

/**
 * The mesh control field of a data frame (IEEE 802.11-2020, 9.2.4.7.3).
 *
 * @param flags the lower two bits are the address extension mode
 * @param ttl hops that are left
 * @param sequence the mesh sequence number, as an unsigned number
 * @param address4 mode 1: the external source of a group addressed frame; else {@link
 *     MacAddress#NONE}
 * @param address5 mode 2: the external destination; else {@code NONE}
 * @param address6 mode 2: the external source; else {@code NONE}
 */
public record MeshControl(
    int flags, int ttl, int sequence, long address4, long address5, long address6) {
  static final int RESERVED_FLAGS = 0xfc;

  private static final int BYTES = 6;
  private static final int MODE = 0x3;
  private static final int ADDRESS_BYTES = 6;

  /** 0: no external addresses, 1: one, 2: two, 3: reserved. */
  public int addressExtension() {
    return flags & MODE;
  }

  /** Bytes of the field; in the reserved mode those up to where the addresses would be. */
  int length() {
    return BYTES + (addressExtension() == MODE ? 0 : addressExtension() * ADDRESS_BYTES);
  }

  static MeshControl read(Cursor cursor) {
    int flags = cursor.u8();
    int mode = flags & MODE;
    return new MeshControl(
        flags,
        cursor.u8(),
        cursor.u32(),
        mode == 1 ? cursor.mac() : MacAddress.NONE,
        mode == 2 ? cursor.mac() : MacAddress.NONE,
        mode == 2 ? cursor.mac() : MacAddress.NONE);
  }
}
