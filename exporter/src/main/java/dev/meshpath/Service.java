package dev.meshpath;

import dev.meshpath.collector.Collector;
import dev.meshpath.config.ListenAddress;
import dev.meshpath.config.ServeConfig;
import dev.meshpath.http.Captures;
import dev.meshpath.http.HttpServer;
import dev.meshpath.http.LandingPage;
import dev.meshpath.http.StreamMetrics;
import dev.meshpath.record.file.Recorder;
import dev.meshpath.record.file.RecordingMetrics;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.CollectorScrape;
import dev.meshpath.telemetry.SelfMetrics;
import dev.meshpath.telemetry.Telemetry;
import dev.meshpath.telemetry.otlp.MetricPush;
import dev.meshpath.telemetry.otlp.SnapshotMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the start of the collectors to their end: the registry, {@code /metrics} and the page, the
 * push of metrics, the last scrape.
 */
final class Service {
  private static final Logger logger = LoggerFactory.getLogger(Service.class);

  private final BuildInfo build;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final AtomicBoolean ready = new AtomicBoolean();
  private final CountDownLatch stopAsked = new CountDownLatch(1);

  Service(BuildInfo build) {
    this.build = build;
  }

  /**
   * What is served.
   *
   * @param libbpf its version, for {@code meshpath_build_info}
   * @param parts of the scrape, each once the collectors are kept
   * @param outlets what the collectors feed; the caller closes it
   * @param recorder what writes down what the kernel says; the caller closes it
   */
  record Content(
      String libbpf,
      List<Collector> collectors,
      List<Function<CollectorKeeper, CollectorScrape.Part>> parts,
      Outlets outlets,
      NodeReport node,
      @Nullable Recorder recorder) {}

  /** Starts the collectors, and serves until {@link #stop}. */
  void serve(ServeConfig config, Content content) {
    try (Telemetry telemetry = new Telemetry();
        CollectorKeeper watching = new CollectorKeeper(content.collectors());
        MetricPush push = push(config, telemetry)) { // its last numbers are of collectors that run
      register(telemetry, push, watching, content);
      try (HttpServer http = http(config.listen(), telemetry, content)) {
        if (http != null) {
          telemetry.register(new StreamMetrics(http::clients, http::missed));
        }
        watching.start();
        ready.set(true);
        if (http != null) {
          port.complete(http.port());
          logger.info("ready: http://localhost:{}/metrics", http.port());
        }
        stopAsked.await();
        ready.set(false);
        writeMetrics(telemetry, config.metricsFile());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets {@link #serve} end, from any thread; without an effect when it was called before. */
  void stop() {
    stopAsked.countDown();
  }

  /** The HTTP port, once all is ready. */
  int awaitPort() {
    return port.join();
  }

  private void register(
      Telemetry telemetry, @Nullable MetricPush push, CollectorKeeper watching, Content content) {
    telemetry.register(new SelfMetrics(build, content.libbpf(), content.collectors()));
    telemetry.register(
        new CollectorScrape(
            content.parts().stream().map(part -> part.apply(watching)).toList(), System::nanoTime));
    content.outlets().register(telemetry, push);
    Recorder recorder = content.recorder();
    if (recorder != null) {
      telemetry.register(new RecordingMetrics(recorder::account));
    }
    telemetry.registerProcess();
  }

  private @Nullable MetricPush push(ServeConfig config, Telemetry telemetry) {
    return config.otlp().pushesMetrics(System.getenv())
        ? new MetricPush(config.otlp(), build, new SnapshotMetrics(telemetry::snapshots))
        : null;
  }

  private @Nullable HttpServer http(
      @Nullable ListenAddress listen, Telemetry telemetry, Content content) {
    if (listen == null) {
      return null;
    }
    Captures captures = content.outlets().captures();
    return HttpServer.start(
        listen,
        telemetry,
        ready::get,
        new LandingPage(build.version(), captures != null),
        captures,
        content.outlets().live(content.node()));
  }

  private static void writeMetrics(Telemetry telemetry, @Nullable Path file) {
    if (file == null) {
      return;
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      telemetry.scrape(null, out);
    } catch (IOException e) {
      logger.error("the last scrape cannot be written to {}: {}", file, e.toString());
    }
  }
}
