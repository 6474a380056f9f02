package dev.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.config.AttachMode;
import dev.meshpath.config.Audience;
import dev.meshpath.config.CaptureConfig;
import dev.meshpath.config.ChurnConfig;
import dev.meshpath.config.ExporterConfig;
import dev.meshpath.config.ListenAddress;
import dev.meshpath.config.LogFormat;
import dev.meshpath.config.LogLevel;
import dev.meshpath.config.MonitorConfig;
import dev.meshpath.config.NetnsScope;
import dev.meshpath.config.OtlpConfig;
import dev.meshpath.config.RecordConfig;
import dev.meshpath.config.RingSize;
import dev.meshpath.config.ServeConfig;
import dev.meshpath.config.SnapLengths;
import dev.meshpath.libbpf.KernelRights;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.Logging;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExporterTest {
  private final Exporter exporter = new Exporter(new BuildInfo("1.2.3", "1a2b3c4"), () -> {});

  @AfterEach
  void restoreLog() {
    Logging.apply(LogLevel.WARN, LogFormat.TEXT);
  }

  @Test
  void watchesAndServesUntilItIsStopped() throws Exception {
    KernelRights.assumeMayLoad();
    CompletableFuture<Integer> code = start(true);
    int port = exporter.awaitPort();
    assertThat(exporter.isRunning()).isTrue();
    assertThat(get(port, "/-/ready")).isEqualTo("meshpath is ready.\n");
    assertThat(get(port, "/metrics").lines())
        .anyMatch(line -> line.startsWith("meshpath_collector_success{collector=\"mesh_path\"} "))
        .anyMatch(line -> line.startsWith("meshpath_collector_success{collector=\"peer_link\"} "))
        .anyMatch(
            line -> line.startsWith("meshpath_collector_success{collector=\"kernel_changes\"} "))
        .anyMatch(line -> line.startsWith("meshpath_build_info{") && line.contains("\"1.2.3\""))
        .anyMatch(line -> line.startsWith("process_start_time_seconds "))
        .contains("meshpath_events_lost_total{reason=\"ring_full\"} 0.0");
    assertThat(exporter.stop()).isTrue();
    assertThat(code.join()).isZero();
    assertThat(exporter.isRunning()).isFalse();
  }

  @Test
  void servesWithoutCollectors() throws Exception {
    CompletableFuture<Integer> code = start(false);
    assertThat(get(exporter.awaitPort(), "/metrics").lines())
        .noneMatch(
            line ->
                line.contains("mesh_path")
                    || line.contains("peer_link")
                    || line.contains("kernel_changes"))
        .anyMatch(line -> line.startsWith("meshpath_build_info{"));
    assertThat(exporter.stop()).isTrue();
    assertThat(code.join()).isZero();
  }

  private CompletableFuture<Integer> start(boolean collectors) {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    ExporterConfig config =
        new ExporterConfig(
            new ServeConfig(
                new ListenAddress("127.0.0.1", 0),
                Audience.LOOPBACK,
                LogLevel.ERROR,
                LogFormat.TEXT,
                256,
                Duration.ofMinutes(5),
                ChurnConfig.DEFAULT,
                null,
                OtlpConfig.NONE,
                CaptureConfig.NONE),
            NetnsScope.OWN,
            collectors,
            collectors,
            collectors,
            new RingSize(65536),
            AttachMode.AUTO,
            true,
            null,
            Duration.ofMinutes(1),
            64,
            SnapLengths.DEFAULT,
            RecordConfig.NONE,
            MonitorConfig.NONE);
    Thread.ofPlatform().daemon().start(() -> code.complete(exporter.run(config)));
    return code;
  }

  private static String get(int port, String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }
}
