package dev.meshpath.frame;

import org.jspecify.annotations.Nullable;

/**
 * A peering frame: the mesh peering management element (IEEE 802.11-2020, 9.4.2.100) and what
 * stands beside it in the clear. Of an authenticated exchange all that follows the MIC is
 * encrypted: it is counted, never parsed.
 *
 * @param action what the sender wants
 * @param capability the capability information of open and confirm; {@link FrameHeader#ABSENT} in
 *     close
 * @param aid the association id of confirm; else {@code ABSENT}
 * @param meshId of the sender; null if it is not there
 * @param configuration of the sender; null if it is not there
 * @param protocol 0: mesh peering management, 1: authenticated mesh peering exchange
 * @param localLinkId of the sender
 * @param peerLinkId of the receiver, as far as the sender knows; {@code ABSENT} if it is not there
 * @param reasonCode why a close; else {@code ABSENT}
 * @param protectedBytes how many bytes behind the MIC are encrypted
 */
public record Peering(
    Action action,
    int capability,
    int aid,
    @Nullable MeshId meshId,
    @Nullable MeshConfiguration configuration,
    int protocol,
    int localLinkId,
    int peerLinkId,
    int reasonCode,
    int protectedBytes,
    int fields,
    @Nullable Defect defect)
    implements Element {
  static final int ID = 117;

  /** What a peering frame wants. */
  public enum Action {
    OPEN,
    CONFIRM,
    CLOSE;

    /** From the action code of a self-protected frame, 1 to 3. */
    static @Nullable Action of(int code) {
      return code >= 1 && code <= values().length ? values()[code - 1] : null;
    }
  }

  /** The management element alone. */
  record Management(
      int protocol,
      int localLinkId,
      int peerLinkId,
      int reasonCode,
      int fields,
      @Nullable Defect defect) {
    private static final int PROTOCOL_AND_LOCAL = 4;
    private static final int LINK_BYTES = 2;

    /** The chosen PMK, at the end of the element in an authenticated exchange. */
    private static final int PMK_BYTES = 16;

    static Management read(ElementBytes element, Action action) {
      Cursor clear = element.cursor(PROTOCOL_AND_LOCAL);
      boolean authenticated = clear.u16() == 1;
      int plain = element.length() - (authenticated ? PMK_BYTES : 0) - PROTOCOL_AND_LOCAL;
      boolean fits =
          switch (action) {
            case OPEN -> plain == 0;
            case CONFIRM -> plain == LINK_BYTES;
            case CLOSE -> plain == LINK_BYTES || plain == 2 * LINK_BYTES;
          };
      Cursor in = element.cursor(fits ? element.length() : PROTOCOL_AND_LOCAL);
      int protocol = in.u16();
      int local = in.u16();
      boolean peer = fits && (action == Action.CONFIRM || plain == 2 * LINK_BYTES);
      int peerLinkId = peer ? optional(in) : FrameHeader.ABSENT;
      int reasonCode = fits && action == Action.CLOSE ? optional(in) : FrameHeader.ABSENT;
      return new Management(
          protocol,
          local,
          peerLinkId,
          reasonCode,
          in.fields(),
          fits || clear.fields() == 0 ? element.cut() : Defect.ELEMENT_LENGTH);
    }

    private static int optional(Cursor in) {
      return in.left() >= LINK_BYTES ? in.u16() : FrameHeader.ABSENT;
    }
  }
}
