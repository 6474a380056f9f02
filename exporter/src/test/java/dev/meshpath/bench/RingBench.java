package dev.meshpath.bench;

import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.RingBuffer;
import dev.meshpath.record.Dispatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a record costs: a ring filled beforehand is drained by turns by libbpf in C and by us, in
 * one process on one thread.
 *
 * <p>In Java by one way a process, as the exporter has one {@link RingBuffer.Consumer}: the
 * compiler makes use of that.
 */
final class RingBench {
  static final int RING_BYTES = 64 << 20;
  private static final int DESTINATIONS = 30;

  /** They fit into the ring; and all rounds have the same records, but for their times. */
  static final int RECORDS = 1600 * DESTINATIONS * FilledRing.CHANGES;

  private static final int WARM_UP_ROUNDS = 8;
  private static final int ROUNDS = 21;

  /** As {@code RingThread} does. */
  private static final int BATCH = 1024;

  /** A way through Java, and its target. */
  private enum Way {
    BARE("bare read, at most 1.2 x C"),
    WHOLE("whole way, at most 250 ns a record");

    private final String target;

    Way(String target) {
      this.target = target;
    }

    private boolean met(double ns, double ratio) {
      return this == BARE ? ratio <= 1.2 : ns <= 250;
    }
  }

  private RingBench() {}

  /**
   * Measures and prints.
   *
   * @param arguments the library of bench/consumer.c, the object of ring_fill, {@code bare} or
   *     {@code whole}, and {@code judge} to compare with the target
   */
  public static void main(String[] arguments) throws IOException {
    Way way = Way.valueOf(arguments[2].toUpperCase(Locale.ROOT));
    FieldSum sum = new FieldSum();
    Dispatcher dispatcher = new Follower().dispatcher();
    RingBuffer.Consumer consumer = way == Way.BARE ? sum : dispatcher;
    Samples cNs = new Samples();
    Samples ns = new Samples();
    Samples ratio = new Samples();
    Samples bytes = new Samples();
    try (FilledRing ring =
            new FilledRing(
                new Libbpf(new LibC()), Path.of(arguments[1]), RING_BYTES, DESTINATIONS);
        NativeConsumer c = new NativeConsumer(Path.of(arguments[0]), ring.map())) {
      for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
        double inC = drainInC(ring, c);
        long allocated = RecordSize.allocated();
        double inJava = drain(ring, consumer);
        allocated = RecordSize.allocated() - allocated;
        long sumInC = c.takeSum();
        if (way == Way.BARE && sum.takeSum() != sumInC) {
          throw new IllegalStateException("C and Java did not read the same records");
        }
        if (round >= WARM_UP_ROUNDS) {
          cNs.add(inC);
          ns.add(inJava);
          ratio.add(inJava / inC);
          bytes.add((double) allocated / RECORDS);
        }
      }
    }
    if (dispatcher.rejected() > 0) {
      throw new IllegalStateException(dispatcher.rejected() + " records were rejected");
    }
    print("C, libbpf", cNs, "");
    print(
        way == Way.BARE ? "Java, bare read" : "Java, whole way",
        ns,
        String.format(Locale.ROOT, " %8.2f %8.1f", ratio.median(), bytes.median()));
    if (arguments.length > 3) {
      judge(way.target, way.met(ns.median(), ratio.median()));
      double least = way == Way.BARE ? 0 : RecordSize.ofDecodedEvent();
      judge("  and not a byte but the decoded event's", bytes.median() < least + 1);
    }
  }

  private static void print(String way, Samples ns, String more) {
    System.out.printf(
        Locale.ROOT, "%-20s %8.1f %8.1f %8.1f%s%n", way, ns.median(), ns.min(), ns.max(), more);
  }

  private static void judge(String target, boolean met) {
    System.out.println(target + ": " + (met ? "met" : "missed"));
  }

  private static double drainInC(FilledRing ring, NativeConsumer c) {
    ring.fill(RECORDS);
    long start = System.nanoTime();
    int drained = c.drain();
    return nsEach(start, drained);
  }

  private static double drain(FilledRing ring, RingBuffer.Consumer consumer) {
    ring.fill(RECORDS);
    try (RingBuffer reader = ring.open()) {
      long start = System.nanoTime();
      int drained = 0;
      int batch;
      do {
        batch = reader.drain(consumer, BATCH);
        drained += batch;
      } while (batch == BATCH);
      return nsEach(start, drained);
    }
  }

  private static double nsEach(long start, int drained) {
    double ns = System.nanoTime() - start;
    if (drained != RECORDS) {
      throw new IllegalStateException(drained + " of " + RECORDS + " records came through");
    }
    return ns / RECORDS;
  }
}
