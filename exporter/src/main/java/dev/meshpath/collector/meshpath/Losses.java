package dev.meshpath.collector.meshpath;

import dev.meshpath.record.Dispatcher;
import dev.meshpath.record.KernelLedger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the ledger for events that never came: each loss is said once, and leads to a comparison
 * with the kernel's table. Guarded by the ring's lock.
 */
final class Losses {
  private static final Logger logger = LoggerFactory.getLogger(Losses.class);

  private long ringFull;
  private long rejected;
  private long missed;
  private long resyncsAfterLoss;
  private long resyncsAfterMiss;
  private long gaps;
  private long seen;
  private long suspected;
  private long unaccounted;

  /**
   * Looks again.
   *
   * @param missedPrograms how often the kernel skipped a program so far
   * @return whether events were lost, or may have been, since the former look
   */
  boolean watch(KernelLedger kernel, Dispatcher dispatcher, long missedPrograms) {
    long lost = kernel.ringFull() - ringFull + dispatcher.rejected() - rejected;
    boolean missedSome = missedPrograms != missed;
    if (lost > 0) {
      gaps++;
      resyncsAfterLoss++;
      logger.warn(
          "gap {}: {} events were lost ({} found no room in the ring, {} were not understood); the"
              + " path table is read anew from the kernel",
          gaps,
          lost,
          kernel.ringFull() - ringFull,
          dispatcher.rejected() - rejected);
    } else if (missedSome) {
      resyncsAfterMiss++;
      logger.debug("the kernel skipped {} programs", missedPrograms - missed);
    }
    balance(kernel, dispatcher);
    ringFull = kernel.ringFull();
    rejected = dispatcher.rejected();
    missed = missedPrograms;
    return lost > 0 || missedSome;
  }

  /**
   * seen = submitted + ringFull, submitted = received, received = decoded + rejected. Events under
   * way make it look wrong for a moment; what is still wrong after a time without events is.
   */
  private void balance(KernelLedger kernel, Dispatcher dispatcher) {
    long difference =
        Math.abs(kernel.seen() - kernel.submitted() - kernel.ringFull())
            + Math.abs(kernel.submitted() - dispatcher.received())
            + Math.abs(dispatcher.received() - dispatcher.decoded() - dispatcher.rejected());
    boolean quiet = kernel.seen() == seen;
    if (quiet && difference != 0 && difference == suspected && difference != unaccounted) {
      logger.error(
          "{} events are unaccounted for: seen {}, submitted {}, no room {}, received {}, decoded"
              + " {}, rejected {}; please report this",
          difference,
          kernel.seen(),
          kernel.submitted(),
          kernel.ringFull(),
          dispatcher.received(),
          dispatcher.decoded(),
          dispatcher.rejected());
    }
    if (quiet && difference == suspected) {
      unaccounted = difference;
    }
    seen = kernel.seen();
    suspected = difference;
  }

  /** Events that the ledger cannot explain. */
  long unaccounted() {
    return unaccounted;
  }

  /** The kernel's counts begin anew. */
  void restart() {
    seen = 0;
    suspected = 0;
    ringFull = 0;
    rejected = 0;
    missed = 0;
  }

  /** Comparisons because events were lost. */
  long resyncsAfterLoss() {
    return resyncsAfterLoss;
  }

  /** Comparisons because the kernel skipped programs. */
  long resyncsAfterMiss() {
    return resyncsAfterMiss;
  }

  /** Places in the stream of events where some are missing. */
  long gaps() {
    return gaps;
  }
}
