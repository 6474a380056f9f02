package dev.meshpath.collector.meshpath;

import dev.meshpath.record.MalformedRecordException;
import java.util.Locale;

/**
 * What happened; {@code enum mesh_path_change} of bpf/mesh_path/mesh_path.h, in its order, and
 * {@link #EXPIRE}, which no function of the kernel does: time passes.
 */
public enum MeshPathChange {
  /** An entry was created (net/mac80211/mesh_pathtbl.c:mesh_path_add). */
  ADD(1, Subject.PATH, "add"),
  /** Refused: table full, own or multicast address, no memory. */
  ADD_FAILED(2, Subject.PATH, "add_failed"),
  /** The first next hop (mesh_pathtbl.c:mesh_path_assign_nexthop). */
  ASSIGN(3, Subject.PATH, "assign"),
  /** Another neighbour became the next hop. */
  CHANGE(4, Subject.PATH, "change"),
  /** The same neighbour again: a refresh. */
  REASSIGN(5, Subject.PATH, "reassign"),
  /** The entry was removed (mesh_pathtbl.c:mesh_path_free_rcu). */
  DELETE(6, Subject.PATH, "delete"),
  /** A user's command fixed the path (mesh_pathtbl.c:mesh_path_fix_nexthop). */
  FIX(7, Subject.PATH, "fix"),
  /** Usable now, was not before. */
  ACTIVATE(8, Subject.PATH, "activate"),
  /** A broken link or an error frame made it unusable; the entry stays. */
  DEACTIVATE(9, Subject.PATH, "deactivate"),
  /** A newer sequence number of the destination became known, and nothing else. */
  SN(10, Subject.PATH, "sn"),

  /** Somebody asked for a path (mesh_hwmp.c:mesh_queue_preq). */
  DISCOVERY_QUEUED(11, Subject.DISCOVERY, "queued"),
  /** The first PREQ went out (mesh_hwmp.c:mesh_path_start_discovery). */
  DISCOVERY_STARTED(12, Subject.DISCOVERY, "started"),
  /** No answer in time: asked again (mesh_hwmp.c:mesh_path_timer). */
  DISCOVERY_RETRIED(13, Subject.DISCOVERY, "retried"),
  /** Given up. */
  DISCOVERY_FAILED(14, Subject.DISCOVERY, "failed"),
  /** Answered; known when its timer ends, 100 ms after the PREQ. */
  DISCOVERY_ENDED(15, Subject.DISCOVERY, "ended"),

  /** A host behind a mesh station became known (mesh_pathtbl.c:mpp_path_add). */
  PROXY_ADD(16, Subject.PROXY, "add"),
  /** The host is behind another station now (rx.c:ieee80211_rx_mesh_data). */
  PROXY_CHANGE(17, Subject.PROXY, "change"),
  /** The proxy entry was removed. */
  PROXY_DELETE(18, Subject.PROXY, "delete"),
  /** The destination is a gate (mesh_pathtbl.c:mesh_path_add_gate). */
  GATE_ADD(19, Subject.GATE, "add"),
  /** The entry of a gate was removed. */
  GATE_DELETE(20, Subject.GATE, "delete"),
  /** The destination announced by RANN that it is a root. */
  ROOT_ADD(21, Subject.ROOT, "add"),
  /** The entry of a root was removed. */
  ROOT_DELETE(22, Subject.ROOT, "delete"),
  /** A received element that told nothing new or better. */
  HWMP_IGNORED(23, Subject.HWMP, "ignored"),
  /** A peer link has another state (mesh_plink.c). */
  PEER_STATE(24, Subject.PEER, "state"),

  /** A walk through the tables begins. */
  WALK_BEGIN(25, Subject.WALK, "begin"),
  /** An entry that exists. */
  WALK_PATH(26, Subject.WALK, "path"),
  /** A proxy entry that exists. */
  WALK_PROXY(27, Subject.WALK, "proxy"),
  /** A peer that exists. */
  WALK_PEER(28, Subject.WALK, "peer"),
  /** The walk is over. */
  WALK_END(29, Subject.WALK, "end"),

  /** Its lifetime passed while it was usable; the entry stays. Dated at the expiry time. */
  EXPIRE(30, Subject.PATH, "expire");

  /** What an event is about. */
  public enum Subject {
    /** An entry of the path table. */
    PATH,
    /** The search for a path. */
    DISCOVERY,
    /** An entry of the proxy table. */
    PROXY,
    /** A gate to other networks. */
    GATE,
    /** A root of proactive paths. */
    ROOT,
    /** A received element. */
    HWMP,
    /** A peer link. */
    PEER,
    /** No event: what exists. */
    WALK
  }

  /** One more than the highest code. */
  static final int CODES = 31;

  /** The highest code that a record may have. */
  private static final int LAST_OF_RECORDS = 29;

  private static final MeshPathChange[] BY_CODE = values();

  private final int code;
  private final Subject subject;
  private final String word;

  MeshPathChange(int code, Subject subject, String word) {
    this.code = code;
    this.subject = subject;
    this.word = word;
  }

  /** What it is about. */
  public Subject subject() {
    return subject;
  }

  /** The word of metric labels and logs, unique within its subject. */
  public String word() {
    return word;
  }

  /** The word of an event, unique among all subjects: {@code change}, {@code discovery_failed}. */
  public String eventWord() {
    return subject == Subject.PATH ? word : subject.name().toLowerCase(Locale.ROOT) + "_" + word;
  }

  /** The number in a record, 1 to 29; {@link #EXPIRE} has 30. */
  int code() {
    return code;
  }

  /**
   * The change of a record.
   *
   * @throws MalformedRecordException if {@code code} means none
   */
  static MeshPathChange of(int code) {
    if (code < 1 || code > LAST_OF_RECORDS) {
      throw new MalformedRecordException("mesh path change " + code);
    }
    return BY_CODE[code - 1];
  }
}
