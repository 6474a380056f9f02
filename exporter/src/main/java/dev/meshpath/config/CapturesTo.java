package dev.meshpath.config;

/** Who may have captured frames over HTTP. */
public enum CapturesTo {
  /** Who asks from this machine. */
  LOOPBACK,
  /** Whoever can reach the port. */
  ALL
}
