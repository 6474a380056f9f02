package dev.meshpath.collector.meshpath.foreign;

import dev.meshpath.frame.FrameHeader;
import dev.meshpath.net.MacAddress;
import java.util.List;

/**
 * An event as it stands in a file.
 *
 * @param id from 1 on
 * @param epochNs when, in nanoseconds since 1970 (UTC)
 * @param packets numbers of records of the capture beside it, from 1 on, that may be its frame
 * @param action a name
 * @param mac address of the station
 * @param iface name of its device
 * @param destination of the path
 * @param oldNextHop or {@code MacAddress.NONE}
 * @param newNextHop or {@code MacAddress.NONE}
 * @param frameControl of the frame; 0 where there is none
 * @param sequenceControl of the frame
 * @param qosControl of the frame, or {@code FrameHeader.ABSENT}
 * @param addresses four of the frame, {@code NONE} where it is not known
 */
record ForeignEvent(
    long id,
    long epochNs,
    List<Long> packets,
    String action,
    long mac,
    String iface,
    long destination,
    long oldNextHop,
    long newNextHop,
    int frameControl,
    int sequenceControl,
    int qosControl,
    List<Long> addresses) {
  /** Lists are copied. */
  ForeignEvent {
    packets = List.copyOf(packets);
    addresses = List.copyOf(addresses);
  }

  /** Whether a frame with this header can be its frame; what is not known fits to anything. */
  boolean fits(FrameHeader header) {
    return frameControl == header.frameControl()
        && sequenceControl == header.sequenceControl()
        && (qosControl == FrameHeader.ABSENT || qosControl == header.qosControl())
        && fits(0, header.address1())
        && fits(1, header.address2())
        && fits(2, header.address3())
        && fits(3, header.address4());
  }

  private boolean fits(int index, long address) {
    return addresses.get(index) == MacAddress.NONE || addresses.get(index) == address;
  }
}
