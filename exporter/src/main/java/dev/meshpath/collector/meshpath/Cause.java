package dev.meshpath.collector.meshpath;

import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.net.MacAddress;

/**
 * What made the kernel do it, {@code struct path_cause_record} of bpf/mesh_path/mesh_path.h.
 *
 * @param kind what it was
 * @param command of a user's command: {@code enum nl80211_commands}; else 0
 * @param pid of the process that sent or commanded, 0: none
 * @param beganNs when its handling began, CLOCK_MONOTONIC: with the device the identity of a
 *     received frame; 0: not known
 * @param commLow bytes 0 to 7 of the process's name, little endian, zero-padded
 * @param commHigh bytes 8 to 15
 * @param peer who transmitted the frame, or the peer that was lost; {@code MacAddress.NONE}: nobody
 * @param peerLoss {@code enum peer_loss}: 0 none, 1 close frame, 2 inactivity
 * @param frame the frame as it was when its handling began: of HWMP and peering frames the first 96
 *     bytes, of data frames headers
 */
public record Cause(
    PathCause kind,
    int command,
    int pid,
    long beganNs,
    long commLow,
    long commHigh,
    long peer,
    int peerLoss,
    FrameSnapshot frame) {
  /** Time passed. */
  static final Cause TIMER = of(PathCause.TIMER);

  /** Where an action frame has its category, and its element's id (IEEE Std 802.11, 9.6). */
  private static final int CATEGORY = 24;

  private static final int ELEMENT_ID = 26;
  private static final int MESH_ACTION = 13;

  /** A cause of which only the kind is known. */
  public static Cause of(PathCause kind) {
    return new Cause(kind, 0, 0, 0, 0, 0, MacAddress.NONE, 0, FrameSnapshot.NONE);
  }

  /** Name of the process that sent or commanded; empty: none. */
  public String comm() {
    return KernelName.of(commLow, commHigh);
  }

  /** Of a received HWMP frame: its element id (126 RANN, 130 PREQ, 131 PREP, 132 PERR), else 0. */
  public int element() {
    byte[] bytes = frame.bytes();
    boolean hwmp =
        frame.form() == FrameSnapshot.Form.IEEE80211
            && bytes.length > ELEMENT_ID
            && bytes[CATEGORY] == MESH_ACTION;
    return hwmp ? Byte.toUnsignedInt(bytes[ELEMENT_ID]) : 0;
  }
}
