package dev.meshpath.nl80211;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A netlink message (include/uapi/linux/netlink.h:struct nlmsghdr).
 *
 * @param type of the protocol, or one of the control messages below
 * @param flags {@code NLM_F_*}
 * @param sequence that of the request
 * @param payload what follows the header, in native byte order
 */
record NetlinkMessage(int type, int flags, int sequence, ByteBuffer payload) {
  /** An error, or with error 0 the end of an answer. */
  static final int ERROR = 2;

  /** The end of a dump. */
  static final int DONE = 3;

  /** Data was lost. */
  static final int OVERRUN = 4;

  /** {@code NLM_F_DUMP_INTR}: the list changed while it was dumped. */
  static final int INTERRUPTED = 0x10;

  static final int HEADER_BYTES = 16;

  private static final int ALIGNMENT = 4;

  /**
   * The messages of one datagram.
   *
   * @param datagram in native byte order
   * @throws MalformedMessageException if a message is longer than what there is, or shorter than
   *     its header
   */
  static List<NetlinkMessage> parse(ByteBuffer datagram) {
    List<NetlinkMessage> messages = new ArrayList<>();
    int at = 0;
    while (at < datagram.limit()) {
      int left = datagram.limit() - at;
      if (left < HEADER_BYTES) {
        throw new MalformedMessageException(left + " bytes are no message header");
      }
      int length = datagram.getInt(at);
      if (length < HEADER_BYTES || length > left) {
        throw new MalformedMessageException(
            "a length of " + Integer.toUnsignedString(length) + " where there are " + left);
      }
      messages.add(
          new NetlinkMessage(
              Short.toUnsignedInt(datagram.getShort(at + 4)),
              Short.toUnsignedInt(datagram.getShort(at + 6)),
              datagram.getInt(at + 8),
              datagram.slice(at + HEADER_BYTES, length - HEADER_BYTES).order(datagram.order())));
      at += aligned(length);
    }
    return messages;
  }

  /** Where the next message or attribute begins, behind one of that many bytes. */
  static int aligned(int bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
