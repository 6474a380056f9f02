package dev.meshpath.frame;

import org.jspecify.annotations.Nullable;

/**
 * A root announcement (IEEE 802.11-2020, 9.4.2.111).
 *
 * @param flags 0x01 the root is a gate
 * @param hopCount hops so far
 * @param ttl hops that are left
 * @param root the root mesh station
 * @param rootSn its HWMP sequence number
 * @param intervalTu time between two announcements, in units of 1024 us
 * @param airtimeMetric that of the path so far, in 0.01 TU
 */
public record Rann(
    int flags,
    int hopCount,
    int ttl,
    long root,
    int rootSn,
    int intervalTu,
    int airtimeMetric,
    int fields,
    @Nullable Defect defect)
    implements HwmpElement {
  static final int ID = 126;

  private static final int BYTES = 21;

  static Rann read(ElementBytes element) {
    Cursor in = element.cursor(BYTES);
    return new Rann(
        in.u8(),
        in.u8(),
        in.u8(),
        in.mac(),
        in.u32(),
        in.u32(),
        in.u32(),
        in.fields(),
        element.length() == BYTES ? element.cut() : Defect.ELEMENT_LENGTH);
  }
}
