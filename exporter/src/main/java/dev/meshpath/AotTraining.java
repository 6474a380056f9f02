package dev.meshpath;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathMetrics;
import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.collector.meshpath.MeshPathState;
import dev.meshpath.collector.meshpath.MeshPathTable;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.trace.EventLogs;
import dev.meshpath.collector.meshpath.trace.MeshPathSpans;
import dev.meshpath.config.OtlpConfig;
import dev.meshpath.config.OtlpProtocol;
import dev.meshpath.frame.MeshId;
import dev.meshpath.record.KernelClock;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.otlp.OtlpExport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The training run for the JDK's ahead-of-time cache (JEP 514): starts the exporter on a free port
 * of the loopback interface, scrapes it, stops it. It needs no rights and watches nothing; one
 * made-up event stands for those of a kernel.
 */
final class AotTraining {
  private static final int SCRAPES = 3;

  private AotTraining() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    // what the exporter logs, of a machine without a mesh perhaps, would only confuse who builds
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    Exporter exporter = new Exporter(BuildInfo.load(), () -> {});
    Thread run =
        Thread.ofPlatform()
            .start(
                () -> {
                  int code = Main.run(exporter, "exporter", "--web.listen-address=127.0.0.1:0");
                  if (code != 0) {
                    Runtime.getRuntime().halt(code);
                  }
                });
    followOneEvent();
    int port = exporter.awaitPort();
    for (int i = 0; i < SCRAPES; i++) {
      get(port, "/-/ready");
      get(port, "/metrics");
    }
    exporter.stop();
    run.join();
  }

  private static void followOneEvent() throws IOException {
    MeshPathState state = new MeshPathState(2, 0, 1, 8193, 1, 1, false, false);
    MeshPathEvent event =
        new MeshPathEvent(
            1,
            0,
            new MeshPathEvent.Device(1, 1, 0x30687365_6dL, 0, 1, MeshId.NONE),
            3,
            4,
            MeshPathChange.ASSIGN,
            0,
            0,
            state,
            state,
            Cause.of(PathCause.PREQ));
    MeshPathTable table = new MeshPathTable(1, 1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment record = arena.allocate(MeshPathRecord.BYTES, Long.BYTES);
      MeshPathRecord.encode(event, record, 0);
      table.apply(MeshPathRecord.decode(record, 0));
    }
    new MeshPathMetrics(() -> table.snapshot(1), false, 1).collect();
    makeItASpan(event);
  }

  private static void makeItASpan(MeshPathEvent event) throws IOException {
    Path traces = Files.createTempFile("meshpath-training", ".jsonl");
    Path logs = Files.createTempFile("meshpath-training", ".jsonl");
    OtlpConfig config = new OtlpConfig(null, OtlpProtocol.GRPC, traces, logs, 64, 1, null);
    try (OtlpExport export = new OtlpExport(config, Map.of(), BuildInfo.load())) {
      EventLogs records = new EventLogs(export.logger());
      new MeshPathSpans(export.tracer(), export::choose, records, new KernelClock(), 1)
          .onEvent(event);
    }
    Files.delete(traces);
    Files.delete(logs);
  }

  private static void get(int port, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      try (InputStream answer = socket.getInputStream()) {
        answer.readAllBytes();
      }
    }
  }
}
