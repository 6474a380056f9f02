package dev.meshpath.frame;

import java.util.Locale;

/** Why a frame or an element could not be decoded in full. */
public enum Defect {
  /** The frame was longer on the air than the bytes that were kept of it. */
  TRUNCATED,
  /** The frame ends before what its header, or the length of an element, announces. */
  FRAME_LENGTH,
  /** No element of this kind can have that length. */
  ELEMENT_LENGTH,
  /** The length is that of the other form, with or without external address, than the flags say. */
  LENGTH_CONTRADICTS_FLAGS,
  /** The number of targets is 0, or not the one that the length has room for. */
  TARGET_COUNT,
  /** The number of destinations is 0, or not one that the length has room for. */
  DESTINATION_COUNT,
  /** A mesh action or peering frame without the element that makes it one. */
  ELEMENT_MISSING,
  /** A later fragment: its first bytes are not the beginning of a body. */
  FRAGMENT,
  /** A version of the MAC protocol other than 0. */
  PROTOCOL_VERSION,
  /** Address extension mode 3, which is reserved. */
  ADDRESS_EXTENSION,
  /** What the capture put before the frame (radiotap, PPI, AVS, Prism) is damaged. */
  LINK_HEADER,
  /** The frame check sequence is wrong: any bit of the frame may be. */
  BAD_FCS;

  /** As {@code decode.error} says it: {@code length_contradicts_flags}. */
  public String reason() {
    return name().toLowerCase(Locale.ROOT);
  }
}
