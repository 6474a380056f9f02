package dev.meshpath.record;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Feeds two, one after the other.
 *
 * @param first who is told first
 * @param second who is told then
 */
public record FeedOfBoth(Feed first, Feed second) implements Feed {
  @Override
  public void attached(long nowNs, List<String> hooks) {
    first.attached(nowNs, hooks);
    second.attached(nowNs, hooks);
  }

  @Override
  public void record(MemorySegment data, long record, int length) {
    first.record(data, record, length);
    second.record(data, record, length);
  }

  @Override
  public void row(MemorySegment data, long record, int length) {
    first.row(data, record, length);
    second.row(data, record, length);
  }

  @Override
  public void clock(long offsetNs) {
    first.clock(offsetNs);
    second.clock(offsetNs);
  }

  @Override
  public void time(long nowNs) {
    first.time(nowNs);
    second.time(nowNs);
  }

  @Override
  public void ledger(long nowNs, KernelLedger kernel, long missedPrograms) {
    first.ledger(nowNs, kernel, missedPrograms);
    second.ledger(nowNs, kernel, missedPrograms);
  }

  @Override
  public void detached(long nowNs, KernelLedger kernel) {
    first.detached(nowNs, kernel);
    second.detached(nowNs, kernel);
  }

  @Override
  public void dropped(long calls) {
    first.dropped(calls);
    second.dropped(calls);
  }
}
