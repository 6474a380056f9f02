package dev.meshpath.frame;

import dev.meshpath.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path error (IEEE 802.11-2020, 9.4.2.114). Its flags are those of its destinations.
 *
 * @param ttl hops that are left
 * @param destinationCount how many destinations it says there are, which need not be true
 * @param destinations those that there are
 */
public record Perr(
    int ttl,
    int destinationCount,
    List<Destination> destinations,
    int fields,
    @Nullable Defect defect)
    implements HwmpElement {
  static final int ID = 132;

  private static final int BEFORE_DESTINATIONS = 2;
  private static final int DESTINATION_BYTES = 13;
  private static final int ADDRESS_BYTES = 6;

  /** Copies the destinations. */
  public Perr {
    destinations = List.copyOf(destinations);
  }

  /**
   * Who can no longer be reached.
   *
   * @param flags 0x40 address extension
   * @param address the mesh station
   * @param sn its HWMP sequence number; 0 with reason 62
   * @param external the address behind it; {@link MacAddress#NONE} without extension
   * @param reasonCode 61 no proxy information, 62 no forwarding information, 63 destination
   *     unreachable (IEEE 802.11-2020, table 9-49)
   */
  public record Destination(int flags, long address, int sn, long external, int reasonCode) {}

  @Override
  public int flags() {
    return 0;
  }

  static Perr read(ElementBytes element) {
    Cursor in = element.cursor(element.length());
    int ttl = in.u8();
    int count = in.u8();
    int fields = in.fields();
    // what the destinations have more than the shortest form: six bytes for each extension
    int surplus = element.length() - BEFORE_DESTINATIONS - count * DESTINATION_BYTES;
    int extensions = surplus / ADDRESS_BYTES;
    boolean fits = count > 0 && surplus >= 0 && surplus % ADDRESS_BYTES == 0 && extensions <= count;
    List<Destination> destinations = new ArrayList<>(1);
    Defect defect = element.cut();
    if (!fits && fields == 2) {
      defect =
          element.length() < BEFORE_DESTINATIONS ? Defect.ELEMENT_LENGTH : Defect.DESTINATION_COUNT;
    }
    for (int left = count; fits && left > 0 && in.left() > 0; left--) {
      boolean extended = (in.peek() & ADDRESS_EXTENSION) != 0;
      if (extended ? extensions == 0 : extensions == left) {
        defect = Defect.LENGTH_CONTRADICTS_FLAGS;
        break;
      }
      if (in.left() < DESTINATION_BYTES + (extended ? ADDRESS_BYTES : 0)) {
        break; // cut, which is the defect already
      }
      extensions -= extended ? 1 : 0;
      destinations.add(
          new Destination(
              in.u8(), in.mac(), in.u32(), extended ? in.mac() : MacAddress.NONE, in.u16()));
    }
    if (defect == null && fields < 2) {
      defect = Defect.ELEMENT_LENGTH;
    }
    return new Perr(ttl, count, destinations, fields, defect);
  }
}
