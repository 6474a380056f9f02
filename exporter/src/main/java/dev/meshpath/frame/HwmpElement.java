package dev.meshpath.frame;

/** An element of the hybrid wireless mesh protocol. */
public sealed interface HwmpElement extends Element permits Preq, Prep, Perr, Rann {
  /** A mesh gate announces itself (PREQ and RANN). */
  int GATE = 0x01;

  /** The address extension: an external address is there. */
  int ADDRESS_EXTENSION = 0x40;

  /** See {@code GATE} and {@code ADDRESS_EXTENSION}; other bits depend on the element. */
  int flags();

  /** Hops that are left. */
  int ttl();
}
