package dev.meshpath.bench;

import dev.meshpath.ffi.NativeFunction;
import dev.meshpath.ffi.NativeLibrary;
import dev.meshpath.libbpf.BpfMap;
import java.nio.file.Path;

/** bench/consumer.c: a ring drained in C by libbpf. */
final class NativeConsumer implements AutoCloseable {
  private final NativeFunction drain;
  private final NativeFunction takeSum;
  private final NativeFunction free;
  private final long consumer;

  /**
   * @param library what bench/consumer.c was compiled to
   */
  NativeConsumer(Path library, BpfMap ring) {
    NativeLibrary linked = NativeLibrary.open(library.toAbsolutePath().toString(), "make bench");
    drain = linked.link("consumer_drain");
    takeSum = linked.link("consumer_take_sum");
    free = linked.link("consumer_free");
    consumer = linked.link("consumer_new").call(ring.fd()).word();
    if (consumer == 0) {
      throw new IllegalStateException("libbpf cannot consume the ring");
    }
  }

  /** Reads all that is in the ring; returns how many records. */
  int drain() {
    return drain.call(consumer).asInt();
  }

  /** The sum over the fields of all records since the former call. */
  long takeSum() {
    return takeSum.call(consumer).word();
  }

  @Override
  public void close() {
    free.call(consumer);
  }
}
