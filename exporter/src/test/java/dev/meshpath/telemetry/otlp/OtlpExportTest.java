package dev.meshpath.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.meshpath.config.OtlpConfig;
import dev.meshpath.config.OtlpProtocol;
import dev.meshpath.failure.Failure;
import dev.meshpath.telemetry.BuildInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OtlpExportTest {
  private static final String TRACE = "0123456789abcdef0123456789abcdef";

  @TempDir private Path directory;

  @Test
  void burstBeforeTheEndIsWrittenToTheLastSpan() throws IOException {
    Path file = directory.resolve("t");
    OtlpExport export = open(null, file, null, 32_768);
    make(export, 20_000);
    export.close(60); // how fast this machine writes is not the matter here
    assertThat(export.accounts().getFirst())
        .isEqualTo(new OtlpExport.Account("file", "spans", 20_000, 0, 0, 0));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines)
        .allMatch(line -> line.startsWith("{\"resourceSpans\":") && line.endsWith("}"));
    assertThat(String.join("", lines).split("\"spanId\":\"", -1)).hasSize(20_001);
  }

  @Test
  void spansHaveTheChosenIds() throws IOException {
    Path file = directory.resolve("t");
    OtlpExport export = open(null, file, null, 64);
    export.choose(TRACE, "00000000000000ff");
    export.tracer().spanBuilder("one").startSpan().end();
    export.close();
    assertThat(Files.readString(file))
        .contains("\"traceId\":\"" + TRACE + "\"", "\"spanId\":\"00000000000000ff\"")
        .contains("\"service.name\"", "\"meshpath\"");
  }

  @Test
  void logRecordsAreLinesToo() throws IOException {
    Path file = directory.resolve("l");
    OtlpExport export = open(null, null, file, 64);
    export.logger().logRecordBuilder().setEventName("mesh.path.change").setBody("b").emit();
    export.close();
    assertThat(Files.readString(file))
        .startsWith("{\"resourceLogs\":")
        .contains("mesh.path.change")
        .endsWith("}\n");
    assertThat(export.accounts().getLast())
        .isEqualTo(new OtlpExport.Account("file", "logs", 1, 0, 0, 0));
  }

  @Test
  void deadCollectorCostsTheSpansAndTheyAreCounted() {
    OtlpExport export = open("http://127.0.0.1:9", null, null, 1000);
    make(export, 5000);
    export.close();
    OtlpExport.Account spans = export.accounts().getFirst();
    assertThat(spans.outlet()).isEqualTo("otlp");
    assertThat(spans.exported()).isZero();
    assertThat(spans.queueFull()).isPositive();
    // it tries again for longer than the end may take
    assertThat(spans.failed() + spans.waiting()).isPositive();
    assertThat(spans.failed() + spans.queueFull() + spans.waiting()).isEqualTo(5000);
  }

  @Test
  void slowCollectorGetsWhatFitsAndTheRestIsCounted() throws IOException {
    HttpServer sink = sink(20);
    try {
      OtlpExport export = open("http://127.0.0.1:" + sink.getAddress().getPort(), null, null, 4096);
      make(export, 30_000);
      export.close();
      OtlpExport.Account spans = export.accounts().getFirst();
      assertThat(spans.exported()).isGreaterThanOrEqualTo(4096);
      assertThat(spans.exported() + spans.failed() + spans.queueFull()).isEqualTo(30_000);
      assertThat(spans.failed()).isZero();
    } finally {
      sink.stop(0);
    }
  }

  @Test
  void fileThatCannotBeWrittenIsNamed() {
    assertThatThrownBy(() -> open(null, directory, null, 64))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("the file " + directory + " cannot be written (");
  }

  @Test
  void settingThatMakesNoSenseIsSaid() {
    assertThatThrownBy(() -> open("gopher://here", null, null, 64))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("gopher://here")
        .hasMessageEndingWith("check --otlp.endpoint and the variables OTEL_*.");
  }

  private static OtlpExport open(
      @Nullable String endpoint, @Nullable Path traces, @Nullable Path logs, int queueItems) {
    return new OtlpExport(
        new OtlpConfig(endpoint, OtlpProtocol.HTTP, traces, logs, queueItems, 1, null),
        Map.of(),
        new BuildInfo("1", "r"));
  }

  private static void make(OtlpExport export, int spans) {
    for (int i = 1; i <= spans; i++) {
      export.choose(TRACE, String.format("%016x", i));
      export.tracer().spanBuilder("one").startSpan().end();
    }
  }

  /** Answers each request after so many milliseconds. */
  private static HttpServer sink(int delayMs) throws IOException {
    HttpServer sink =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sink.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          try {
            Thread.sleep(delayMs);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    sink.start();
    return sink;
  }
}
