package dev.meshpath.collector.meshpath;

import dev.meshpath.record.MalformedRecordException;

/** What did it; {@code enum path_cause} of bpf/mesh_path/mesh_path.h, in its order. */
public enum PathCause {
  /** Nobody knows: a defect. */
  UNKNOWN(0, "unknown"),
  /** A received path request. */
  PREQ(1, "preq"),
  /** A received path reply. */
  PREP(2, "prep"),
  /** A received path error. */
  PERR(3, "perr"),
  /** A received root announcement. */
  RANN(4, "rann"),
  /** A local frame being sent. */
  DATA_TX(5, "data_tx"),
  /** A received or forwarded data frame. */
  DATA_RX(6, "data_rx"),
  /** Frames to the next hop went unacknowledged. */
  TX_FAILURE(7, "tx_failure"),
  /** The peer link ended: close frame, inactivity, blocked by the other side. */
  PEER_LOSS(8, "peer_loss"),
  /** A command that names the path or the station. */
  USER(9, "user"),
  /** The interface left the mesh, went down or vanished. */
  INTERFACE(10, "interface"),
  /** Time: expiry, ageing, discovery retries. */
  TIMER(11, "timer"),
  /** A data frame, while the hooks on the data path are switched off. */
  DATA_UNWATCHED(12, "data_unwatched"),
  /** A received peering frame that opens or confirms; of peer links only. */
  PEERING(13, "peering"),
  /** A received beacon or probe response; of peer links only. */
  BEACON(14, "beacon");

  /** How many there are. */
  static final int CODES = 15;

  private static final PathCause[] BY_CODE = values();

  private final int code;
  private final String word;

  PathCause(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The word of metric labels and logs. */
  public String word() {
    return word;
  }

  /** The number in a record, 0 to 14. */
  int code() {
    return code;
  }

  /**
   * The cause of a record.
   *
   * @throws MalformedRecordException if {@code code} means none
   */
  static PathCause of(int code) {
    if (code < 0 || code >= BY_CODE.length) {
      throw new MalformedRecordException("path cause " + code);
    }
    return BY_CODE[code];
  }
}
