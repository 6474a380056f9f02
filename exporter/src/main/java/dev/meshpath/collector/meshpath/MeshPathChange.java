package dev.meshpath.collector.meshpath;

import dev.meshpath.record.MalformedRecordException;

/**
 * What happened to an entry of the mesh path table; {@code enum mesh_path_change} of
 * bpf/mesh_path/mesh_path.h, in its order.
 */
public enum MeshPathChange {
  /** An entry was created (net/mac80211/mesh_pathtbl.c:mesh_path_add). */
  ADD(1, "add"),
  /** Refused: table full, own or multicast address, no memory. */
  ADD_FAILED(2, "add_failed"),
  /** The first next hop (mesh_pathtbl.c:mesh_path_assign_nexthop). */
  ASSIGN(3, "assign"),
  /** Another neighbour became the next hop. */
  CHANGE(4, "change"),
  /** The same neighbour again: a refresh. */
  REASSIGN(5, "reassign"),
  /** The entry was removed (mesh_pathtbl.c:mesh_path_free_rcu). */
  DELETE(6, "delete");

  /** One more than the highest code. */
  static final int CODES = 7;

  private static final MeshPathChange[] BY_CODE = values();

  private final int code;
  private final String word;

  MeshPathChange(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The word of metric labels and logs. */
  public String word() {
    return word;
  }

  /** The number in a record, 1 to 6. */
  int code() {
    return code;
  }

  /**
   * The change of a record.
   *
   * @throws MalformedRecordException if {@code code} means none
   */
  static MeshPathChange of(int code) {
    if (code < 1 || code > BY_CODE.length) {
      throw new MalformedRecordException("mesh path change " + code);
    }
    return BY_CODE[code - 1];
  }
}
