package dev.meshpath.nl80211;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** What the kernel answers to one request, taken in datagram by datagram. */
final class Answer {
  /** include/uapi/linux/genetlink.h:struct genlmsghdr. */
  private static final int GENERIC_HEADER_BYTES = 4;

  private final Request request;
  private final int family;
  private final int sequence;
  private final IntFunction<String> errorText;
  private final List<Attributes> entries = new ArrayList<>();
  private boolean interrupted;
  private boolean complete;

  /**
   * @param request what was asked
   * @param family the number of the generic netlink family
   * @param sequence of the request
   * @param errorText the text of an errno
   */
  Answer(Request request, int family, int sequence, IntFunction<String> errorText) {
    this.request = request;
    this.family = family;
    this.sequence = sequence;
    this.errorText = errorText;
  }

  /**
   * Takes one datagram; messages that answer something else are passed over.
   *
   * @param datagram in native byte order
   * @throws NetlinkException if it says that the request was refused
   * @throws MalformedMessageException if it is none as the kernel writes them
   */
  void take(ByteBuffer datagram) {
    for (NetlinkMessage message : NetlinkMessage.parse(datagram)) {
      if (message.sequence() == sequence && !complete) {
        take(message);
      }
    }
  }

  /** Whether all of it is here. */
  boolean isComplete() {
    return complete;
  }

  /** Whether the kernel says that the list changed while it was dumped. */
  boolean isInterrupted() {
    return interrupted;
  }

  /** The attributes of each message, in the kernel's order. */
  List<Attributes> entries() {
    return List.copyOf(entries);
  }

  private void take(NetlinkMessage message) {
    interrupted |= (message.flags() & NetlinkMessage.INTERRUPTED) != 0;
    ByteBuffer payload = message.payload();
    switch (message.type()) {
      case NetlinkMessage.ERROR -> {
        if (payload.limit() < Integer.BYTES) {
          throw new MalformedMessageException("an error without a number");
        }
        end(payload.getInt(0));
      }
      // a dump that fails on its way says so in its last message (net/netlink/af_netlink.c:
      // netlink_dump_done)
      case NetlinkMessage.DONE ->
          end(payload.limit() < Integer.BYTES ? 0 : Math.min(0, payload.getInt(0)));
      case NetlinkMessage.OVERRUN -> throw new MalformedMessageException("data was lost");
      default -> {
        if (message.type() == family) {
          entries.add(attributes(payload));
        }
      }
    }
  }

  private void end(int negativeErrno) {
    if (negativeErrno != 0) {
      throw new NetlinkException(
          request.toString(), -negativeErrno, errorText.apply(-negativeErrno));
    }
    complete = true;
  }

  private static Attributes attributes(ByteBuffer payload) {
    if (payload.limit() < GENERIC_HEADER_BYTES) {
      throw new MalformedMessageException(payload.limit() + " bytes are no generic header");
    }
    return Attributes.parse(
        payload
            .slice(GENERIC_HEADER_BYTES, payload.limit() - GENERIC_HEADER_BYTES)
            .order(payload.order()));
  }
}
