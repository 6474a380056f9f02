package dev.meshpath.frame;

import dev.meshpath.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A path reply (IEEE 802.11-2020, 9.4.2.113).
 *
 * @param flags 0x40 address extension
 * @param hopCount hops so far
 * @param ttl hops that are left
 * @param target the station that was found
 * @param targetSn its HWMP sequence number
 * @param targetExternal the address behind it; {@link MacAddress#NONE} without extension
 * @param lifetimeTu how long the path to the target holds, in units of 1024 us
 * @param airtimeMetric that of the path so far, in 0.01 TU
 * @param originator the station that asked
 * @param originatorSn its HWMP sequence number
 */
public record Prep(
    int flags,
    int hopCount,
    int ttl,
    long target,
    int targetSn,
    long targetExternal,
    int lifetimeTu,
    int airtimeMetric,
    long originator,
    int originatorSn,
    int fields,
    @Nullable Defect defect)
    implements HwmpElement {
  static final int ID = 131;

  /** Flags up to the target's sequence number, which the flags do not shift. */
  private static final int BEFORE_EXTENSION = 13;

  private static final int PLAIN_BYTES = 31;
  private static final int EXTENDED_BYTES = 37;

  static Prep read(ElementBytes element) {
    boolean extended = (element.first() & ADDRESS_EXTENSION) != 0;
    boolean fits = element.length() == (extended ? EXTENDED_BYTES : PLAIN_BYTES);
    Cursor in = element.cursor(fits ? element.length() : BEFORE_EXTENSION);
    return new Prep(
        in.u8(),
        in.u8(),
        in.u8(),
        in.mac(),
        in.u32(),
        extended && fits ? in.mac() : MacAddress.NONE,
        in.u32(),
        in.u32(),
        in.mac(),
        in.u32(),
        in.fields(),
        fits || element.isCutAway() ? element.cut() : contradiction(element.length(), extended));
  }

  private static Defect contradiction(int length, boolean extended) {
    return length == (extended ? PLAIN_BYTES : EXTENDED_BYTES)
        ? Defect.LENGTH_CONTRADICTS_FLAGS
        : Defect.ELEMENT_LENGTH;
  }
}
