package dev.meshpath.record.file;

import dev.meshpath.record.Feed;
import dev.meshpath.record.KernelLedger;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** What somebody was fed with, a line a call. */
final class Calls implements Feed {
  private final List<String> lines = new ArrayList<>();

  List<String> lines() {
    return lines;
  }

  @Override
  public void attached(long nowNs, List<String> hooks) {
    lines.add("attached " + nowNs + " " + hooks);
  }

  @Override
  public void record(MemorySegment data, long record, int length) {
    lines.add("record " + bytes(data, record, length));
  }

  @Override
  public void row(MemorySegment data, long record, int length) {
    lines.add("row " + bytes(data, record, length));
  }

  @Override
  public void clock(long offsetNs) {
    lines.add("clock " + offsetNs);
  }

  @Override
  public void time(long nowNs) {
    lines.add("time " + nowNs);
  }

  @Override
  public void ledger(long nowNs, KernelLedger kernel, long missedPrograms) {
    lines.add("ledger " + nowNs + " " + kernel + " " + missedPrograms);
  }

  @Override
  public void detached(long nowNs, KernelLedger kernel) {
    lines.add("detached " + nowNs + " " + kernel);
  }

  @Override
  public void dropped(long calls) {
    lines.add("dropped " + calls);
  }

  private static String bytes(MemorySegment data, long record, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(data.get(ValueLayout.JAVA_BYTE, record + i)).append(' ');
    }
    return text.toString();
  }
}
