package dev.meshpath.bench;

import dev.meshpath.collector.meshpath.trace.EventLogs;
import dev.meshpath.collector.meshpath.trace.MeshPathSpans;
import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.RingBuffer;
import dev.meshpath.record.KernelClock;
import dev.meshpath.record.KernelLedger;
import dev.meshpath.record.RingThread;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.otlp.OtlpExport;
import io.opentelemetry.api.logs.LoggerProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What becomes of spans that come fast through a small ring: 40,000 a second for ten seconds, 256
 * KiB, sent to a receiver on this machine. Each is accounted for.
 */
final class SpanAccountBench {
  private static final int RING_BYTES = 256 << 10;
  private static final int QUEUE_ITEMS = 65_536;
  private static final int DESTINATIONS = 30;
  private static final int SPANS_PER_SECOND = 40_000;
  private static final int WARM_UP_PER_SECOND = 10_000;
  private static final int SECONDS = 10;

  /** A third of the ring: the producer catches up when the machine had other work to do. */
  private static final int LONGEST_BURST = 250;

  private SpanAccountBench() {}

  /**
   * Measures and prints.
   *
   * @param arguments the object of ring_fill
   */
  public static void main(String[] arguments) throws IOException {
    Libbpf libbpf = new Libbpf(new LibC());
    try (SpanSink sink = new SpanSink()) {
      OtlpExport export =
          new OtlpExport(sink.config(QUEUE_ITEMS), SpanSink.ENVIRONMENT, BuildInfo.load());
      MeshPathSpans spans =
          new MeshPathSpans(
              export.tracer(),
              export::choose,
              new EventLogs(LoggerProvider.noop().get("none")),
              new KernelClock(),
              1);
      Follower follower = new Follower(spans::onEvent);
      try (FilledRing ring =
              new FilledRing(libbpf, Path.of(arguments[0]), RING_BYTES, DESTINATIONS);
          RingBuffer reader = ring.open();
          RingThread thread =
              new RingThread("spans", libbpf.libc(), reader, follower.dispatcher())) {
        thread.start();
        LiveBench.offer(ring, WARM_UP_PER_SECOND, SECONDS, LONGEST_BURST);
        long emitted = ring.ledger().seen();
        long warmUpLost = ring.ledger().ringFull();
        LiveBench.offer(ring, SPANS_PER_SECOND, SECONDS, LONGEST_BURST);
        KernelLedger kernel = ring.ledger();
        long decoded = thread.settled(follower.dispatcher()::decoded);
        export.close();
        print(kernel, decoded, export);
        System.out.printf(
            Locale.ROOT,
            "  at %,d a second for %d s, %,d of them, in a ring of %d KiB: %,d lost in the ring%n",
            SPANS_PER_SECOND,
            SECONDS,
            kernel.seen() - emitted,
            RING_BYTES >> 10,
            kernel.ringFull() - warmUpLost);
      }
    }
  }

  private static void print(KernelLedger kernel, long decoded, OtlpExport export) {
    OtlpExport.Account account =
        export.accounts().stream()
            .filter(of -> of.signal().equals("spans"))
            .findFirst()
            .orElseThrow();
    long found =
        kernel.ringFull()
            + account.queueFull()
            + account.failed()
            + account.waiting()
            + account.exported();
    System.out.printf(
        Locale.ROOT,
        "emitted %,d = lost in the ring %,d + queue full %,d + failed %,d + not sent in time %,d"
            + " + exported %,d: %s%n",
        kernel.seen(),
        kernel.ringFull(),
        account.queueFull(),
        account.failed(),
        account.waiting(),
        account.exported(),
        found == kernel.seen() && decoded == kernel.submitted() ? "exact" : "NOT EXACT");
  }
}
