package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Reconciliation;
import dev.meshpath.record.Dispatcher;
import dev.meshpath.record.Feed;
import dev.meshpath.record.KernelClock;
import dev.meshpath.record.KernelLedger;
import dev.meshpath.record.MalformedRecordException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows upon the ring: records are decoded, the table follows them, then the listeners. It
 * knows no clock and no kernel but by what it is fed with, so that a recording does the same as the
 * kernel did. Guarded by the lock of whoever feeds it.
 */
final class MeshPathLine implements Feed {
  private static final Logger logger = LoggerFactory.getLogger(MeshPathLine.class);

  private final MeshPathTable table;
  private final List<MeshPathListener> listeners;
  private final KernelClock clock;
  private final Losses losses = new Losses();
  private Dispatcher dispatcher = dispatcher();
  private KernelLedger kernel = KernelLedger.NONE;
  private List<String> hooks = List.of();
  private boolean attached;
  private boolean lost;
  private long gapsOfRecording;
  private long lastNs;

  /** Of what was attached before. */
  private EventLedger former = EventLedger.EMPTY;

  /**
   * @param settings what the table keeps
   * @param followers who follows it
   * @param clock is told the time of the world, before anybody asks
   */
  MeshPathLine(TableSettings settings, Followers followers, KernelClock clock) {
    this.listeners = List.copyOf(followers.listeners());
    this.clock = clock;
    this.table =
        new MeshPathTable(
            settings,
            event -> this.listeners.forEach(listener -> listener.onEvent(event)),
            followers.measures());
  }

  private Dispatcher dispatcher() {
    return new Dispatcher(
        new Dispatcher.Route(
            MeshPathRecord.COLLECTOR,
            MeshPathRecord.BYTES,
            (data, record) -> onEvent(MeshPathRecord.decode(data, record))),
        new Dispatcher.Route(
            MeshFrameRecord.COLLECTOR,
            MeshFrameRecord.BYTES,
            (data, record) -> onFrame(MeshFrameRecord.decode(data, record))));
  }

  private void onEvent(MeshPathEvent event) {
    table.apply(event);
    if (event.change().subject() != MeshPathChange.Subject.WALK) {
      listeners.forEach(listener -> listener.onEvent(event));
    }
  }

  private void onFrame(MeshFrame frame) {
    listeners.forEach(listener -> listener.onFrame(frame));
  }

  @Override
  public void attached(long nowNs, List<String> hooks) {
    this.hooks = List.copyOf(hooks);
    dispatcher = dispatcher();
    kernel = KernelLedger.NONE;
    attached = true;
    losses.restart();
    expectMismatches(nowNs);
  }

  @Override
  public void record(MemorySegment data, long record, int length) {
    dispatcher.accept(data, record, length);
  }

  @Override
  public void row(MemorySegment data, long record, int length) {
    try {
      table.apply(MeshPathRecord.decode(data, record));
    } catch (MalformedRecordException e) {
      logger.warn("a row of the kernel's table makes no sense: {}", e.getMessage());
    }
  }

  @Override
  public void clock(long offsetNs) {
    clock.set(offsetNs);
  }

  @Override
  public void time(long nowNs) {
    lastNs = nowNs;
    table.settle(nowNs);
    table.expire(nowNs);
  }

  @Override
  public void ledger(long nowNs, KernelLedger kernel, long missedPrograms) {
    this.kernel = kernel;
    lost = losses.watch(kernel, dispatcher, missedPrograms);
    lastNs = nowNs;
    if (lost) {
      expectMismatches(nowNs);
    }
  }

  @Override
  public void detached(long nowNs, KernelLedger kernel) {
    lastNs = nowNs;
    former = ledger(kernel);
    attached = false;
  }

  @Override
  public void dropped(long calls) {
    gapsOfRecording++;
    logger.warn(
        "the recording lacks {} entries here, which its disk was too slow for: the tables may"
            + " differ until they are compared next",
        calls);
    expectMismatches(lastNs);
  }

  private void expectMismatches(long nowNs) {
    lastNs = nowNs;
    table.expectMismatches(nowNs);
  }

  /** What is attached, a line each. */
  List<String> hooks() {
    return hooks;
  }

  /** Whether the last look at the ledger found that events were lost, or may have been. */
  boolean hasLost() {
    return lost;
  }

  /** When {@link #time} is due, CLOCK_MONOTONIC; {@code Long.MAX_VALUE}: never. */
  long dueNs() {
    return table.dueNs();
  }

  /** The number of the last complete walk. */
  int walked() {
    return table.walked();
  }

  /** The tables after all that it was fed with. */
  List<DeviceSnapshot> snapshot(long nowNs) {
    return table.snapshot(nowNs);
  }

  /** Both sides of the ledger, the kernel's as it was fed with last. */
  EventLedger ledger() {
    return attached ? ledger(kernel) : former;
  }

  /** Both sides of the ledger, with what was attached before. */
  EventLedger ledger(KernelLedger kernel) {
    return new EventLedger(
            kernel.seen(),
            kernel.submitted(),
            kernel.ringFull(),
            dispatcher.received(),
            dispatcher.decoded(),
            dispatcher.rejected(),
            dispatcher.decoded(), // the table takes each one
            kernel.mapFull(),
            kernel.healed(),
            0,
            0)
        .after(former);
  }

  /** How far the tables agreed with the kernel's. */
  Reconciliation reconciliation() {
    MeshPathTable.Differences defects = table.mismatches();
    Map<String, Long> reconciled = new TreeMap<>();
    table.repaired().missed().forEach((change, count) -> reconciled.put(change.word(), count));
    defects.missed().forEach((change, count) -> reconciled.merge(change.word(), count, Long::sum));
    return new Reconciliation(
        defects.fields(),
        reconciled,
        Map.of("loss", losses.resyncsAfterLoss(), "program_missed", losses.resyncsAfterMiss()),
        losses.gaps() + gapsOfRecording,
        losses.unaccounted());
  }
}
