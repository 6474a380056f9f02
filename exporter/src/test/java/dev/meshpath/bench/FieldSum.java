package dev.meshpath.bench;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.libbpf.RingBuffer;
import java.lang.foreign.MemorySegment;

/** Reads of a record what bench/consumer.c reads. */
final class FieldSum implements RingBuffer.Consumer {
  private static final long NETNS =
      MeshPathRecord.LAYOUT.byteOffset(groupElement("device"), groupElement("netns"));
  private static final long DESTINATION =
      MeshPathRecord.LAYOUT.byteOffset(groupElement("destination"));
  private static final long CHANGE = MeshPathRecord.LAYOUT.byteOffset(groupElement("change"));
  private static final long METRIC =
      MeshPathRecord.LAYOUT.byteOffset(groupElement("after"), groupElement("airtime_metric"));

  private long sum;

  @Override
  public void accept(MemorySegment data, long record, int length) {
    sum +=
        data.get(JAVA_LONG, record + DESTINATION)
            + data.get(JAVA_INT, record + NETNS)
            + data.get(JAVA_SHORT, record + CHANGE)
            + data.get(JAVA_INT, record + METRIC);
  }

  /** The sum since the former call. */
  long takeSum() {
    long taken = sum;
    sum = 0;
    return taken;
  }
}
