package dev.meshpath.nl80211;

import java.util.Locale;

/** State of a peer link: {@code enum nl80211_plink_state} of nl80211.h. */
public enum PeerLinkState {
  /** Initial: nobody asked yet. */
  LISTEN(0),
  /** An open frame was sent. */
  OPN_SNT(1),
  /** An open frame was received. */
  OPN_RCVD(2),
  /** A confirm frame was received. */
  CNF_RCVD(3),
  /** Established: frames flow. */
  ESTAB(4),
  /** Closing. */
  HOLDING(5),
  /** A user forbade it. */
  BLOCKED(6);

  private static final PeerLinkState[] BY_CODE = values();

  private final int code;

  PeerLinkState(int code) {
    this.code = code;
  }

  /** The word of metric labels: nl80211's, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number in a message, 0 to 6. */
  int code() {
    return code;
  }

  /**
   * The state of a message.
   *
   * @throws MalformedMessageException if {@code code} means none
   */
  static PeerLinkState of(int code) {
    if (code >= BY_CODE.length) {
      throw new MalformedMessageException("peer link state " + code);
    }
    return BY_CODE[code];
  }
}
