package dev.meshpath.collector.meshpath.foreign;

import dev.meshpath.collector.meshpath.PathCause;
import java.util.Locale;
import java.util.Optional;

/**
 * The 19 actions: who did it (TX a frame being sent, RX a received path selection frame, US a
 * command, KR the kernel's timer), and what. The files write them as {@code ACT_RX_ADD_ASG}.
 */
enum Action {
  TX_UNKNOWN(PathCause.DATA_TX, false, Next.NONE, false),
  TX_ADD(PathCause.DATA_TX, true, Next.NONE, false),
  TX_ADD_ASG(PathCause.DATA_TX, true, Next.FIRST, false),
  TX_ASG(PathCause.DATA_TX, false, Next.FIRST, false),
  TX_CHG(PathCause.DATA_TX, false, Next.ANOTHER, false),
  TX_DEL(PathCause.DATA_TX, false, Next.NONE, true),

  RX_UNKNOWN(PathCause.UNKNOWN, false, Next.NONE, false),
  RX_ADD(PathCause.UNKNOWN, true, Next.NONE, false),
  RX_ADD_ASG(PathCause.UNKNOWN, true, Next.FIRST, false),
  RX_ASG(PathCause.UNKNOWN, false, Next.FIRST, false),
  RX_CHG(PathCause.UNKNOWN, false, Next.ANOTHER, false),
  RX_DEL(PathCause.UNKNOWN, false, Next.NONE, true),

  US_UNKNOWN(PathCause.USER, false, Next.NONE, false),
  US_ADD(PathCause.USER, true, Next.NONE, false),
  US_ADD_ASG(PathCause.USER, true, Next.FIRST, false),
  US_ASG(PathCause.USER, false, Next.FIRST, false),
  US_CHG(PathCause.USER, false, Next.ANOTHER, false),
  US_DEL(PathCause.USER, false, Next.NONE, true),

  /** The kernel's mesh_path_expire took an entry away that nobody used any more. */
  KR_EXP(PathCause.TIMER, false, Next.NONE, true);

  /** What became of the next hop. */
  enum Next {
    /** Nothing. */
    NONE,
    /** There was none before. */
    FIRST,
    /** There was one, the same one perhaps. */
    ANOTHER
  }

  private static final String PREFIX = "ACT_";

  private final PathCause cause;
  private final boolean adds;
  private final Next next;
  private final boolean deletes;

  Action(PathCause cause, boolean adds, Next next, boolean deletes) {
    this.cause = cause;
    this.adds = adds;
    this.next = next;
    this.deletes = deletes;
  }

  /** The action of a name as in the files, or as in the tool's own views; empty if none has it. */
  static Optional<Action> of(String name) {
    String known =
        name.toUpperCase(Locale.ROOT)
            .replaceFirst("^" + PREFIX, "")
            .replaceFirst("_ASSIGN$", "_ASG")
            .replaceFirst("_CHANGE$", "_CHG")
            .replaceFirst("_DELETE$", "_DEL");
    for (Action action : values()) {
      if (action.name().equals(known)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }

  /** What did it; {@code UNKNOWN}: a received frame, whose element the capture tells. */
  PathCause cause() {
    return cause;
  }

  /** Whether an entry was created. */
  boolean adds() {
    return adds;
  }

  Next next() {
    return next;
  }

  /** Whether the entry was removed. */
  boolean deletes() {
    return deletes;
  }

  /** Whether it says that something happened, but not what. */
  boolean isVague() {
    return !adds && next == Next.NONE && !deletes;
  }

  /** Whether it has the header of a frame; of the others those fields mean nothing. */
  boolean hasFrame() {
    return cause == PathCause.DATA_TX || cause == PathCause.UNKNOWN;
  }
}
