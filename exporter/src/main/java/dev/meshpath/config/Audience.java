package dev.meshpath.config;

/** Who may have over HTTP what is private: captured frames, live events. */
public enum Audience {
  /** Who asks from this machine. */
  LOOPBACK,
  /** Whoever can reach the port. */
  ALL
}
