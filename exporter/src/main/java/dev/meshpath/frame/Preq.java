package dev.meshpath.frame;

import dev.meshpath.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path request (IEEE 802.11-2020, 9.4.2.112).
 *
 * @param flags 0x01 gate, 0x02 individually addressed, 0x04 proactive, 0x40 address extension
 * @param hopCount hops so far
 * @param ttl hops that are left
 * @param preqId the originator's number of this request
 * @param originator the station that asks
 * @param originatorSn its HWMP sequence number
 * @param originatorExternal the address behind it; {@link MacAddress#NONE} without extension
 * @param lifetimeTu how long the path to the originator holds, in units of 1024 us
 * @param airtimeMetric that of the path so far, in 0.01 TU
 * @param targetCount how many targets it says there are, which need not be true
 * @param targets those that there are
 */
public record Preq(
    int flags,
    int hopCount,
    int ttl,
    int preqId,
    long originator,
    int originatorSn,
    long originatorExternal,
    int lifetimeTu,
    int airtimeMetric,
    int targetCount,
    List<Target> targets,
    int fields,
    @Nullable Defect defect)
    implements HwmpElement {
  static final int ID = 130;

  /** Flags up to the originator's sequence number, which the flags do not shift. */
  private static final int BEFORE_EXTENSION = 17;

  private static final int BEFORE_TARGETS = 26;
  private static final int ADDRESS_BYTES = 6;
  private static final int TARGET_BYTES = 11;

  /** Copies the targets. */
  public Preq {
    targets = List.copyOf(targets);
  }

  /**
   * Whom the originator looks for.
   *
   * @param flags 0x01 only the target may answer, 0x04 its sequence number is unknown
   * @param address broadcast in a proactive PREQ
   * @param sn its last known sequence number
   */
  public record Target(int flags, long address, int sn) {}

  static Preq read(ElementBytes element) {
    boolean extended = (element.first() & ADDRESS_EXTENSION) != 0;
    int beforeTargets = BEFORE_TARGETS + (extended ? ADDRESS_BYTES : 0);
    boolean fits = fits(element.length(), beforeTargets);
    Cursor in = element.cursor(fits ? element.length() : BEFORE_EXTENSION);
    int flags = in.u8();
    int hopCount = in.u8();
    int ttl = in.u8();
    int preqId = in.u32();
    long originator = in.mac();
    int originatorSn = in.u32();
    long external = extended && fits ? in.mac() : MacAddress.NONE;
    int lifetimeTu = in.u32();
    int airtimeMetric = in.u32();
    int targetCount = in.u8();
    int fields = in.fields();
    List<Target> targets = new ArrayList<>(1);
    for (int i = 0; i < targetCount && in.left() >= TARGET_BYTES; i++) {
      targets.add(new Target(in.u8(), in.mac(), in.u32()));
    }
    return new Preq(
        flags,
        hopCount,
        ttl,
        preqId,
        originator,
        originatorSn,
        external,
        lifetimeTu,
        airtimeMetric,
        targetCount,
        targets,
        fields,
        defect(element, fits, extended, beforeTargets + targetCount * TARGET_BYTES));
  }

  private static @Nullable Defect defect(
      ElementBytes element, boolean fits, boolean extended, int expected) {
    if (!fits && !element.isCutAway()) {
      int other = BEFORE_TARGETS + (extended ? 0 : ADDRESS_BYTES);
      return fits(element.length(), other)
          ? Defect.LENGTH_CONTRADICTS_FLAGS
          : Defect.ELEMENT_LENGTH;
    }
    if (element.cut() != null) {
      return element.cut();
    }
    return element.length() == expected && expected >= BEFORE_TARGETS + TARGET_BYTES
        ? null
        : Defect.TARGET_COUNT;
  }

  private static boolean fits(int length, int beforeTargets) {
    return length >= beforeTargets && (length - beforeTargets) % TARGET_BYTES == 0;
  }
}
