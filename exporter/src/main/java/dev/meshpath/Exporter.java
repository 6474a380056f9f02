package dev.meshpath;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.meshpath.EventLog;
import dev.meshpath.collector.meshpath.MeshPathCollector;
import dev.meshpath.collector.meshpath.MeshPathListener;
import dev.meshpath.collector.meshpath.MeshPathMetrics;
import dev.meshpath.collector.meshpath.capture.CaptureMetrics;
import dev.meshpath.collector.meshpath.capture.CaptureSelection;
import dev.meshpath.collector.meshpath.capture.CauseCapture;
import dev.meshpath.collector.meshpath.monitor.MonitorJoin;
import dev.meshpath.collector.meshpath.monitor.MonitorMetrics;
import dev.meshpath.collector.meshpath.trace.EventLogs;
import dev.meshpath.collector.meshpath.trace.MeshPathSpans;
import dev.meshpath.collector.peerlink.PeerLinkCollector;
import dev.meshpath.collector.peerlink.PeerLinkMetrics;
import dev.meshpath.config.CaptureConfig;
import dev.meshpath.config.CapturesTo;
import dev.meshpath.config.ExporterConfig;
import dev.meshpath.config.NetnsScope;
import dev.meshpath.ffi.LibC;
import dev.meshpath.http.Captures;
import dev.meshpath.http.HttpServer;
import dev.meshpath.http.LandingPage;
import dev.meshpath.libbpf.Btf;
import dev.meshpath.libbpf.KernelBtf;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.Privileges;
import dev.meshpath.monitor.MonitorInterface;
import dev.meshpath.net.NetNamespace;
import dev.meshpath.nl80211.Nl80211Connector;
import dev.meshpath.record.KernelClock;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.CollectorScrape;
import dev.meshpath.telemetry.Logging;
import dev.meshpath.telemetry.SelfMetrics;
import dev.meshpath.telemetry.Telemetry;
import dev.meshpath.telemetry.otlp.MetricPush;
import dev.meshpath.telemetry.otlp.OtlpExport;
import dev.meshpath.telemetry.otlp.OtlpMetrics;
import dev.meshpath.telemetry.otlp.SnapshotMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exporter, wired: collectors, registry, HTTP server. */
final class Exporter {
  private static final Logger logger = LoggerFactory.getLogger(Exporter.class);
  private static final Path KERNEL_BTF = Path.of("/sys/kernel/btf");
  private static final int OK = 0;

  /** Longer than it ever takes; then the kernel cleans up behind us. */
  private static final int STOP_SECONDS = 5;

  private final BuildInfo build;
  private final Runnable requirements;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final AtomicBoolean ready = new AtomicBoolean();
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;

  /**
   * @param requirements throws a Failure where the exporter could not work at all
   */
  Exporter(BuildInfo build, Runnable requirements) {
    this.build = build;
    this.requirements = requirements;
  }

  /** What watching the kernel takes; whatever else lacks costs a part, and not all. */
  static void requireRights() {
    Privileges.require(Path.of("/proc/self/status"));
  }

  /** Watches and serves until {@link #stop}; returns the exit code. */
  int run(ExporterConfig config) {
    running = true;
    try (FileClaims claims = new FileClaims()) {
      return watchAndServe(config, claims);
    } finally {
      running = false;
      stopped.countDown();
    }
  }

  /**
   * Ends {@link #run}, from another thread, and waits until it has detached.
   *
   * @return whether it has, in good time
   */
  boolean stop() throws InterruptedException {
    stopAsked.countDown();
    return stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
  }

  /** The HTTP port, once the exporter is ready. */
  int awaitPort() {
    return port.join();
  }

  /** Whether {@link #run} is under way. */
  boolean isRunning() {
    return running;
  }

  private int watchAndServe(ExporterConfig config, FileClaims claims) {
    Logging.apply(config.logLevel(), config.logFormat());
    LibC libc = new LibC();
    Libbpf libbpf = new Libbpf(libc);
    KernelBtf kernelBtf = new KernelBtf(KERNEL_BTF);
    Nl80211Connector nl80211 = new Nl80211Connector(libc);
    requirements.run();
    if (config.btf() != null) {
      Btf.read(config.btf()); // else it would show only as a kernel that takes no program
    }
    claims.claim(config.otlp().tracesFile(), "--traces.file");
    claims.claim(config.otlp().logsFile(), "--logs.file");
    claims.claim(config.capture().file(), "--capture.file");

    Optional<OtlpExport> otlp = otlp(config);
    Optional<MeshPathSpans> spans =
        otlp.map(
            export ->
                new MeshPathSpans(
                    export.tracer(),
                    export::choose,
                    new EventLogs(export.logger()),
                    new KernelClock(),
                    config.otlp().refreshesPerSpan()));
    List<MeshPathListener> outlets = new ArrayList<>();
    spans.ifPresent(outlets::add);
    Optional<CauseCapture> capture = capture(config);
    capture.ifPresent(outlets::add);
    Optional<Monitor> monitor = monitor(config, outlets);
    List<MeshPathListener> listeners = new ArrayList<>(List.of(new EventLog()));
    monitor.ifPresentOrElse(air -> listeners.add(air.join()), () -> listeners.addAll(outlets));
    List<Collector> collectors = new ArrayList<>();
    AtomicReference<@Nullable CollectorKeeper> keeper = new AtomicReference<>();
    List<CollectorScrape.Part> parts = new ArrayList<>();
    if (config.meshPath()) {
      MeshPathCollector meshPath = meshPath(config, libbpf, kernelBtf, nl80211, listeners);
      collectors.add(meshPath);
      parts.add(
          new CollectorScrape.Part(
              meshPath.name(),
              () -> isWatching(keeper.get(), meshPath),
              new MeshPathMetrics(
                  meshPath.paths(), config.netns() == NetnsScope.ALL, config.destinationLimit())));
    }
    if (config.peerLink()) {
      PeerLinkCollector peerLink = new PeerLinkCollector(nl80211);
      collectors.add(peerLink);
      parts.add(
          new CollectorScrape.Part(
              peerLink.name(),
              () -> isWatching(keeper.get(), peerLink),
              new PeerLinkMetrics(
                  peerLink.devices(),
                  config.netns() == NetnsScope.ALL
                      ? OptionalInt.of(NetNamespace.own())
                      : OptionalInt.empty(),
                  config.peerLimit())));
    }
    try (Telemetry telemetry = new Telemetry();
        CollectorKeeper watching = new CollectorKeeper(collectors);
        MetricPush push = push(config, telemetry)) { // its last numbers are of collectors that run
      keeper.set(watching);
      telemetry.register(new SelfMetrics(build, libbpf.version(), collectors));
      telemetry.register(new CollectorScrape(parts, System::nanoTime));
      if (otlp.isPresent() || push != null) {
        telemetry.register(
            new OtlpMetrics(
                () -> accounts(otlp, push), () -> spans.map(MeshPathSpans::sampledOut).orElse(0L)));
      }
      capture.ifPresent(
          frames -> telemetry.register(new CaptureMetrics("mesh_path", frames::account)));
      monitor.ifPresent(air -> telemetry.register(air.metrics()));
      telemetry.registerProcess();
      try (HttpServer http =
          HttpServer.start(
              config.listen(),
              telemetry,
              ready::get,
              new LandingPage(build.version()),
              capture.map(frames -> captures(frames, config.capture().to())).orElse(null))) {
        watching.start();
        ready.set(true);
        port.complete(http.port());
        logger.info("ready: http://localhost:{}/metrics", http.port());
        stopAsked.await();
        ready.set(false);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    monitor.ifPresent(Monitor::close);
    otlp.ifPresent(OtlpExport::close); // what is queued by now, the collectors being detached
    capture.ifPresent(CauseCapture::close);
    logger.info("stopped");
    return OK;
  }

  private Optional<OtlpExport> otlp(ExporterConfig config) {
    Map<String, String> environment = System.getenv();
    return config.otlp().isOn(environment)
        ? Optional.of(new OtlpExport(config.otlp(), environment, build))
        : Optional.empty();
  }

  private @Nullable MetricPush push(ExporterConfig config, Telemetry telemetry) {
    return config.otlp().pushesMetrics(System.getenv())
        ? new MetricPush(config.otlp(), build, new SnapshotMetrics(telemetry::snapshots))
        : null;
  }

  private static List<OtlpExport.Account> accounts(
      Optional<OtlpExport> events, @Nullable MetricPush push) {
    List<OtlpExport.Account> accounts = new ArrayList<>();
    events.ifPresent(export -> accounts.addAll(export.accounts()));
    if (push != null) {
      accounts.add(push.account());
    }
    return accounts;
  }

  /** A monitor interface, and what makes use of it. */
  private record Monitor(MonitorInterface air, MonitorJoin join) {
    MonitorMetrics metrics() {
      return new MonitorMetrics(
          join, air::isUp, () -> air.dropped().byKernel(), () -> air.dropped().byInterface());
    }

    void close() {
      air.close();
      join.close();
    }
  }

  private static Optional<Monitor> monitor(ExporterConfig config, List<MeshPathListener> outlets) {
    String device = config.monitor().device();
    if (device == null || !config.meshPath()) {
      return Optional.empty();
    }
    MonitorJoin join = new MonitorJoin(outlets, config.monitor().window());
    return Optional.of(new Monitor(new MonitorInterface(device, join::onHeard), join));
  }

  private Optional<CauseCapture> capture(ExporterConfig config) {
    CaptureConfig capture = config.capture();
    Path file = capture.file();
    return file == null || !config.meshPath()
        ? Optional.empty()
        : Optional.of(
            new CauseCapture(
                new CauseCapture.Settings(
                    file,
                    capture.maxBytes(),
                    capture.maxAge(),
                    capture.allFrames(),
                    "meshpath " + build.version())));
  }

  private static Captures captures(CauseCapture frames, CapturesTo to) {
    return new Captures(
        (query, out) ->
            frames.copy(
                new CaptureSelection(query.event(), query.trace(), query.fromNs(), query.toNs()),
                out),
        to == CapturesTo.ALL);
  }

  private static boolean isWatching(@Nullable CollectorKeeper keeper, Collector collector) {
    return keeper != null && keeper.isWatching(collector);
  }

  private static MeshPathCollector meshPath(
      ExporterConfig config,
      Libbpf libbpf,
      KernelBtf kernelBtf,
      Nl80211Connector nl80211,
      List<MeshPathListener> listeners) {
    int netns = config.netns() == NetnsScope.ALL ? NetNamespace.ALL : NetNamespace.own();
    return new MeshPathCollector(
        libbpf,
        kernelBtf,
        nl80211,
        new MeshPathCollector.Settings(
            netns,
            config.ringSize().bytes(),
            config.destinationLimit(),
            config.retention().toNanos(),
            config.attach().allowsFentry(),
            config.attach().allowsKprobes(),
            config.dataPath(),
            config.btf(),
            config.reconcileInterval().toNanos(),
            config.snapLengths().frameBytes(),
            config.snapLengths().dataFrameBytes()),
        listeners);
  }
}
