package dev.meshpath.collector.meshpath;

import dev.meshpath.net.MacAddress;

/**
 * What made the kernel do it, {@code struct path_cause_record} of bpf/mesh_path/mesh_path.h.
 *
 * @param kind what it was
 * @param command of a user's command: {@code enum nl80211_commands}; else 0
 * @param pid of the process that sent or commanded, 0: none
 * @param commLow bytes 0 to 7 of its name, little endian, zero-padded
 * @param commHigh bytes 8 to 15
 * @param peer who transmitted the frame, or the peer that was lost; {@code MacAddress.NONE}: nobody
 * @param peerLoss {@code enum peer_loss}: 0 none, 1 close frame, 2 inactivity
 * @param element of a received HWMP frame: its element id (126 RANN, 130 PREQ, 131 PREP, 132 PERR),
 *     else 0
 */
public record Cause(
    PathCause kind,
    int command,
    int pid,
    long commLow,
    long commHigh,
    long peer,
    int peerLoss,
    int element) {
  /** Time passed. */
  static final Cause TIMER = of(PathCause.TIMER);

  /** A cause of which only the kind is known. */
  public static Cause of(PathCause kind) {
    return new Cause(kind, 0, 0, 0, 0, MacAddress.NONE, 0, 0);
  }
}
