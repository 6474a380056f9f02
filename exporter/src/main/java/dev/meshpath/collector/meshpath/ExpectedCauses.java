package dev.meshpath.collector.meshpath;

import static dev.meshpath.collector.meshpath.PathCause.DATA_RX;
import static dev.meshpath.collector.meshpath.PathCause.DATA_TX;
import static dev.meshpath.collector.meshpath.PathCause.INTERFACE;
import static dev.meshpath.collector.meshpath.PathCause.PEER_LOSS;
import static dev.meshpath.collector.meshpath.PathCause.PERR;
import static dev.meshpath.collector.meshpath.PathCause.PREP;
import static dev.meshpath.collector.meshpath.PathCause.PREQ;
import static dev.meshpath.collector.meshpath.PathCause.RANN;
import static dev.meshpath.collector.meshpath.PathCause.TIMER;
import static dev.meshpath.collector.meshpath.PathCause.TX_FAILURE;
import static dev.meshpath.collector.meshpath.PathCause.USER;

import java.util.Set;

/**
 * What the kernel's code lets cause an event: counters of these exist from the start. Others appear
 * when they happen, {@code unknown} among them.
 */
final class ExpectedCauses {
  private ExpectedCauses() {}

  static Set<PathCause> of(MeshPathChange change) {
    return switch (change) {
      case ADD, ADD_FAILED -> Set.of(PREQ, PREP, RANN, DATA_TX, USER);
      case ASSIGN, CHANGE, REASSIGN, ACTIVATE -> Set.of(PREQ, PREP, USER);
      case FIX -> Set.of(USER);
      case DEACTIVATE -> Set.of(PERR, TX_FAILURE);
      case EXPIRE, DISCOVERY_RETRIED, DISCOVERY_FAILED, DISCOVERY_ENDED -> Set.of(TIMER);
      case DELETE -> Set.of(DATA_TX, PEER_LOSS, USER, INTERFACE, TIMER);
      case SN -> Set.of(PREQ, RANN);
      case DISCOVERY_QUEUED, DISCOVERY_STARTED -> Set.of(DATA_TX, DATA_RX, RANN);
      case PROXY_ADD, PROXY_CHANGE -> Set.of(DATA_RX);
      case PROXY_DELETE -> Set.of(USER, INTERFACE, TIMER);
      case GATE_ADD,
          GATE_DELETE,
          ROOT_ADD,
          ROOT_DELETE,
          HWMP_IGNORED,
          PEER_STATE,
          WALK_BEGIN,
          WALK_PATH,
          WALK_PROXY,
          WALK_PEER,
          WALK_END ->
          Set.of();
    };
  }
}
