package dev.meshpath.record;

import dev.meshpath.libbpf.RingBuffer;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each record to the collector whose id it carries, and counts it: received = decoded +
 * rejected. For one thread at a time.
 */
public final class Dispatcher implements RingBuffer.Consumer {
  private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

  private final List<Route> routes;
  private long received;
  private long decoded;
  private long rejected;

  /**
   * Who takes which records.
   *
   * @param collector {@code enum record_collector} of bpf/include/record.h
   * @param recordBytes size of its records, header included
   * @param handler who takes them
   */
  public record Route(int collector, int recordBytes, RecordHandler handler) {}

  /** A dispatcher for the records of one ring. */
  public Dispatcher(Route... routes) {
    this.routes = List.of(routes);
  }

  @Override
  public void accept(MemorySegment data, long record, int length) {
    received++;
    int collector = RecordHeader.collector(data, record);
    Route route = route(collector);
    if (route == null
        || length != route.recordBytes()
        || RecordHeader.abiVersion(data, record) != RecordHeader.ABI_VERSION
        || RecordHeader.length(data, record) != length) {
      reject("its header does not fit: collector " + collector + ", length " + length);
      return;
    }
    try {
      route.handler().onRecord(data, record);
      decoded++;
    } catch (RuntimeException e) {
      reject(e.toString());
    }
  }

  private @Nullable Route route(int collector) {
    for (Route route : routes) { // one or two
      if (route.collector() == collector) {
        return route;
      }
    }
    return null;
  }

  /** Records read from the ring. */
  public long received() {
    return received;
  }

  /** Records that their collector took. */
  public long decoded() {
    return decoded;
  }

  /** Records that nobody could use. */
  public long rejected() {
    return rejected;
  }

  private void reject(String why) {
    rejected++;
    // the first tells what is wrong, the counter how often
    if (rejected == 1) {
      logger.warn("a record was rejected, further ones are only counted: {}", why);
    }
  }
}
