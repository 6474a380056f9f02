package dev.meshpath.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathState;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.trace.EventLogs;
import dev.meshpath.collector.meshpath.trace.MeshPathSpans;
import dev.meshpath.config.OtlpConfig;
import dev.meshpath.frame.FrameDecoder;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.MeshId;
import dev.meshpath.record.KernelClock;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.otlp.OtlpExport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a frame costs: decoded, and as spans with OTLP to a sink in this process. Each PREQ is the
 * span of its reception and that of one change, and a log record. Seconds are those of a core, not
 * of the clock, so that other work on the machine counts less.
 */
final class SpanBench {
  private static final int DECODED = 2_000_000;

  /** Whole batches of 512 spans and log records: what is left over waits for others. */
  private static final int FRAMES = 5_120;

  private static final int WARM_UP_ROUNDS = 40;
  private static final int SPAN_ROUNDS = 61;
  private static final int LONGEST_S = 30;
  private static final int ROUNDS = 7;
  private static final int SPANS_PER_FRAME = 2;
  private static final double TARGET_PER_SECOND = 100_000;

  /** IEEE 802.11-2020, 9.4.2.112, from station 1 to all, behind its header. */
  private static final String PREQ =
      "d0000000ffffffffffff0200000001000200000001007000"
          + "0d01822500001f00000000020000000100000000011213000000000000"
          + "0100020000000200"
          + "00000000";

  private static final int SEQUENCE_CONTROL_AT = 22;
  private static final int PREQ_ID_AT = 31;
  private static final int ORIGINATOR_SN_AT = 41;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private SpanBench() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    decode();
    spans();
  }

  private static void decode() {
    byte[] frame = HexFormat.of().parseHex(PREQ);
    Samples perSecond = new Samples();
    long elements = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < DECODED; i++) {
        frame[PREQ_ID_AT] = (byte) i;
        elements += FrameDecoder.hooked(frame, 0, frame.length, frame.length).elements().size();
      }
      perSecond.add(DECODED / cpuSeconds(start));
    }
    if (elements != (long) ROUNDS * DECODED) {
      throw new IllegalStateException(elements + " elements");
    }
    print("frames decoded in a second of one core", perSecond);
  }

  private static void spans() throws IOException, InterruptedException {
    SpanSink sink = new SpanSink();
    OtlpConfig config = sink.config(32_768);
    Samples made = new Samples();
    Samples sent = new Samples();
    OtlpExport export = new OtlpExport(config, SpanSink.ENVIRONMENT, BuildInfo.load());
    MeshPathSpans spans =
        new MeshPathSpans(
            export.tracer(), export::choose, new EventLogs(export.logger()), new KernelClock(), 1);
    long count = 0;
    for (int round = 0; round < WARM_UP_ROUNDS + SPAN_ROUNDS; round++) {
      long start = System.nanoTime();
      long ofProcessNs = PROCESS.getProcessCpuTime();
      long ofThreadNs = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < FRAMES; i++) {
        frame(spans, ++count);
      }
      double makingSeconds = cpuSeconds(ofThreadNs);
      while (exported(export) < count * SPANS_PER_FRAME) {
        TimeUnit.MILLISECONDS.sleep(1);
        if (seconds(start) > LONGEST_S) {
          throw new IllegalStateException("not sent: " + export.accounts());
        }
      }
      if (round >= WARM_UP_ROUNDS) {
        made.add(FRAMES * SPANS_PER_FRAME / makingSeconds);
        sent.add(FRAMES * SPANS_PER_FRAME * 1e9 / (PROCESS.getProcessCpuTime() - ofProcessNs));
      }
    }
    export.close();
    sink.close();
    print("spans made in a second of one core, by the ring's thread", made);
    System.out.println(
        "  at least 100,000: " + (made.median() >= TARGET_PER_SECOND ? "met" : "missed"));
    print(
        "the same with what sends and what answers them, and a log record for every second one",
        sent);
  }

  private static void frame(MeshPathSpans spans, long n) {
    byte[] bytes = HexFormat.of().parseHex(PREQ);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(SEQUENCE_CONTROL_AT, (short) (n << 4))
        .putInt(PREQ_ID_AT, (int) n)
        .putInt(ORIGINATOR_SN_AT, (int) n);
    FrameSnapshot frame = new FrameSnapshot(FrameSnapshot.Form.IEEE80211, bytes.length, bytes);
    MeshPathEvent.Device device =
        new MeshPathEvent.Device(
            1, 7, 0x30_6873_656dL, 0, 1, new MeshId("mesh".getBytes(StandardCharsets.UTF_8)));
    Cause cause = new Cause(PathCause.PREQ, 0, 0, n, 0, 0, 2, 0, frame);
    MeshPathState state = new MeshPathState(2, n, (int) n, 8193, 0x15, 1, false, false);
    spans.onEvent(
        new MeshPathEvent(n, 0, device, 2, 3, MeshPathChange.CHANGE, 0, 0, state, state, cause));
    spans.onFrame(new MeshFrame(n, 0, device, MeshFrame.Direction.RECEIVED, n, 0, 0, frame, cause));
  }

  private static long exported(OtlpExport export) {
    long spans = 0;
    for (OtlpExport.Account account : export.accounts()) {
      if (account.signal().equals("spans")) {
        if (account.failed() + account.queueFull() > 0) {
          throw new IllegalStateException(account + ": some were lost");
        }
        spans += account.exported();
      }
    }
    return spans;
  }

  private static double cpuSeconds(long startNs) {
    return (THREADS.getCurrentThreadCpuTime() - startNs) / 1e9;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void print(String what, Samples perSecond) {
    System.out.printf(
        Locale.ROOT,
        "%s: median %.0f (%.0f to %.0f)%n",
        what,
        perSecond.median(),
        perSecond.min(),
        perSecond.max());
  }
}
