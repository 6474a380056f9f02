package dev.meshpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.config.Audience;
import dev.meshpath.config.CaptureConfig;
import dev.meshpath.config.ChurnConfig;
import dev.meshpath.config.ListenAddress;
import dev.meshpath.config.LogFormat;
import dev.meshpath.config.LogLevel;
import dev.meshpath.config.OtlpConfig;
import dev.meshpath.config.ReplayConfig;
import dev.meshpath.config.ServeConfig;
import dev.meshpath.failure.Failure;
import dev.meshpath.record.KernelLedger;
import dev.meshpath.record.file.RecordingHeader;
import dev.meshpath.record.file.RecordingOutput;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.Logging;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The exporter with a recording instead of a kernel: no rights, no libbpf. */
@Timeout(30)
class ReplayTest {
  private final Exporter exporter =
      new Exporter(
          new BuildInfo("1.2.3", "1a2b3c4"),
          () -> {
            throw new Failure("nobody asked for rights.");
          });

  @TempDir private Path directory;

  @AfterEach
  void restoreLog() {
    Logging.apply(LogLevel.WARN, LogFormat.TEXT);
  }

  private ReplayConfig config(Path file, @Nullable Path metrics) {
    return new ReplayConfig(
        file,
        Double.POSITIVE_INFINITY,
        true,
        new ServeConfig(
            new ListenAddress("127.0.0.1", 0),
            Audience.LOOPBACK,
            LogLevel.ERROR,
            LogFormat.TEXT,
            256,
            Duration.ofMinutes(5),
            ChurnConfig.DEFAULT,
            metrics,
            OtlpConfig.NONE,
            CaptureConfig.NONE));
  }

  @Test
  void pageShowsTheRecordedNode() throws Exception {
    Path file = recording();
    ReplayConfig ended = config(file, null);
    ReplayConfig serving = new ReplayConfig(file, ended.speed(), false, ended.serve());
    Thread replay = Thread.ofPlatform().daemon().start(() -> exporter.replay(serving));
    int port = exporter.awaitPort();
    String node = "";
    while (!node.contains("\"mesh.path.event\":\"assign\"")) {
      node = get(port, "/api/node");
    }
    assertThat(node)
        .contains("\"source\":\"recording\"", "\"network.interface.name\":\"mesh0\"")
        .contains("\"mesh.path.metric\":8193");
    StringWriter lines = new StringWriter();
    Thread watch =
        Thread.ofPlatform()
            .daemon()
            .start(
                () ->
                    Main.run(
                        new PrintWriter(lines, true),
                        exporter,
                        "watch",
                        "--web.url=http://127.0.0.1:" + port));
    while (lines.toString().lines().count() < 2) {
      Thread.sleep(10);
    }
    assertThat(lines.toString().lines().toList())
        .first()
        .asString()
        .contains("mesh0   add ", "02:00:00:00:02:00", "preq");
    assertThat(exporter.stop()).isTrue();
    replay.join();
    watch.join();
  }

  private static String get(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private Path recording() throws Exception {
    Path file = directory.resolve("run.mpr");
    long two = Events.station(2);
    try (RecordingOutput out =
        new RecordingOutput(file, new RecordingHeader(Map.of(RecordingHeader.NETNS, "all")))) {
      out.write(feed -> feed.attached(1, List.of("mesh_path_add_exit kprobe attached")));
      MemorySegment record = MemorySegment.ofArray(new long[MeshPathRecord.BYTES / Long.BYTES]);
      for (MeshPathEvent event :
          List.of(
              Events.add(Events.MESH0, two, 10),
              Events.nextHop(Events.MESH0, two, 11, MeshPathChange.ASSIGN, two, 8193, 1))) {
        MeshPathRecord.encode(event, record, 0);
        out.write(feed -> feed.record(record, 0, MeshPathRecord.BYTES));
      }
      out.write(feed -> feed.detached(20, new KernelLedger(3, 2, 1, 0, 0)));
      out.finish();
    }
    return file;
  }

  @Test
  void lastScrapeHasAllOfTheRecording() throws Exception {
    Path file = recording();
    Path metrics = directory.resolve("metrics.prom");
    assertThat(exporter.replay(config(file, metrics))).isZero();
    assertThat(Files.readString(metrics).lines())
        .contains(
            "dot11s_path_metric{destination=\"02:00:00:00:02:00\",device=\"mesh0\",netns=\"1\"}"
                + " 8193.0",
            "meshpath_events_total{stage=\"decoded\"} 2.0",
            "meshpath_events_total{stage=\"seen\"} 3.0",
            "meshpath_events_lost_total{reason=\"ring_full\"} 1.0",
            "meshpath_hook_attached{hook=\"mesh_path_add_exit\",mode=\"kprobe\"} 1.0",
            "meshpath_collector_success{collector=\"mesh_path\"} 1.0")
        .noneMatch(line -> line.startsWith("meshpath_ringbuf_"));
  }

  @Test
  void foreignFileIsOneSentence() throws Exception {
    Path letter = Files.writeString(directory.resolve("letter"), "a letter to nobody");
    assertThatThrownBy(() -> exporter.replay(config(letter, null)))
        .isInstanceOf(Failure.class)
        .hasMessage(
            letter + " is no recording of meshpath: name one, as meshpath record writes it.");
    Path nothing = directory.resolve("nothing");
    assertThatThrownBy(() -> exporter.replay(config(nothing, null)))
        .isInstanceOf(Failure.class)
        .hasMessage(nothing + " does not exist: name a recording, as meshpath record writes it.");
    assertThatThrownBy(() -> exporter.replay(config(directory, null)))
        .isInstanceOf(Failure.class)
        .hasMessageEndingWith(": name a file that you may read.");
  }
}
