package dev.meshpath;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.meshpath.DeviceMeshes;
import dev.meshpath.collector.meshpath.DeviceSnapshot;
import dev.meshpath.collector.meshpath.FrameCounts;
import dev.meshpath.collector.meshpath.KernelChangeMetrics;
import dev.meshpath.collector.meshpath.MeshPathCollector;
import dev.meshpath.collector.meshpath.MeshPathReplay;
import dev.meshpath.collector.meshpath.TableSettings;
import dev.meshpath.collector.meshpath.churn.ChurnSettings;
import dev.meshpath.collector.peerlink.MeshDevice;
import dev.meshpath.collector.peerlink.PeerLinkCollector;
import dev.meshpath.collector.peerlink.PeerLinkMetrics;
import dev.meshpath.config.ChurnConfig;
import dev.meshpath.config.ExporterConfig;
import dev.meshpath.config.MonitorConfig;
import dev.meshpath.config.NetnsScope;
import dev.meshpath.config.ReplayConfig;
import dev.meshpath.config.ServeConfig;
import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.Btf;
import dev.meshpath.libbpf.KernelBtf;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.Privileges;
import dev.meshpath.net.NetNamespace;
import dev.meshpath.nl80211.Nl80211Connector;
import dev.meshpath.record.file.Recorder;
import dev.meshpath.record.file.RecordingException;
import dev.meshpath.record.file.RecordingHeader;
import dev.meshpath.record.file.RecordingReader;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.CollectorScrape;
import dev.meshpath.telemetry.Logging;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exporter, wired: collectors, and what they feed. {@link Service} serves it. */
final class Exporter {
  private static final Logger logger = LoggerFactory.getLogger(Exporter.class);
  private static final Path KERNEL_BTF = Path.of("/sys/kernel/btf");
  private static final int OK = 0;

  /** Of a recording: devices of all network namespaces are in it. */
  private static final String ALL_NAMESPACES = "all";

  /** A replay loads none. */
  private static final String NO_LIBBPF = "none";

  /** Longer than it ever takes; then the kernel cleans up behind us. */
  private static final int STOP_SECONDS = 5;

  private final BuildInfo build;
  private final Runnable requirements;
  private final Service service;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;

  /**
   * @param requirements throws a Failure where the exporter could not work at all
   */
  Exporter(BuildInfo build, Runnable requirements) {
    this.build = build;
    this.service = new Service(build);
    this.requirements = requirements;
  }

  /** What watching the kernel takes; whatever else lacks costs a part, and not all. */
  static void requireRights() {
    Privileges.require(Path.of("/proc/self/status"));
  }

  /** Watches and serves until {@link #stop}; returns the exit code. */
  int run(ExporterConfig config) {
    return running(claims -> watch(config, claims));
  }

  /** Serves what a recording holds, until {@link #stop}; returns the exit code. */
  int replay(ReplayConfig config) {
    return running(claims -> serveRecording(config, claims));
  }

  private int running(ToIntFunction<FileClaims> what) {
    running = true;
    try (FileClaims claims = new FileClaims()) {
      return what.applyAsInt(claims);
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
    service.stop();
    return stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
  }

  /** The HTTP port, once the exporter is ready. */
  int awaitPort() {
    return service.awaitPort();
  }

  /** Whether {@link #run} is under way. */
  boolean isRunning() {
    return running;
  }

  private int watch(ExporterConfig config, FileClaims claims) {
    Logging.apply(config.serve().logLevel(), config.serve().logFormat());
    LibC libc = new LibC();
    Libbpf libbpf = new Libbpf(libc);
    KernelBtf kernelBtf = new KernelBtf(KERNEL_BTF);
    Nl80211Connector nl80211 = new Nl80211Connector(libc);
    requirements.run();
    if (config.btf() != null) {
      Btf.read(config.btf()); // else it would show only as a kernel that takes no program
    }

    claim(config.serve(), claims);
    boolean serves = config.serve().listen() != null;
    claims.claim(config.recording().file(), serves ? "--record.file" : "meshpath record");
    Outlets outlets =
        new Outlets(
            config.serve(),
            config.meshPath() ? config.monitor() : MonitorConfig.NONE,
            build,
            config.meshPath(),
            config.netns() == NetnsScope.ALL,
            System::nanoTime);
    Recorder recorder = recorder(config);
    List<Collector> collectors = new ArrayList<>();
    List<Function<CollectorKeeper, CollectorScrape.Part>> parts = new ArrayList<>();
    boolean allNamespaces = config.netns() == NetnsScope.ALL;
    int ownNamespace = NetNamespace.own();
    OptionalInt namespace = allNamespaces ? OptionalInt.of(ownNamespace) : OptionalInt.empty();
    Supplier<List<DeviceSnapshot>> paths = List::of;
    Supplier<List<MeshDevice>> peers = List::of;
    IntFunction<String> meshIdHash = ifindex -> "";
    if (config.meshPath()) {
      MeshPathCollector meshPath = meshPath(config, libbpf, kernelBtf, nl80211, outlets, recorder);
      collectors.add(meshPath);
      paths = meshPath.paths();
      DeviceMeshes meshes = new DeviceMeshes(meshPath.frameCounts());
      meshIdHash = ifindex -> meshes.hashOf(ownNamespace, ifindex);
      parts.add(part(meshPath, paths, meshes, outlets, allNamespaces, config.serve()));
    }
    if (config.peerLink()) {
      PeerLinkCollector peerLink = new PeerLinkCollector(nl80211);
      collectors.add(peerLink);
      peers = peerLink.devices();
      IntFunction<String> hash = meshIdHash;
      parts.add(
          keeper ->
              new CollectorScrape.Part(
                  peerLink.name(),
                  () -> keeper.isWatching(peerLink),
                  new PeerLinkMetrics(peerLink.devices(), namespace, config.peerLimit(), hash)));
    }
    if (config.kernelChanges()) {
      parts.add(
          keeper ->
              new CollectorScrape.Part(
                  "kernel_changes",
                  () -> true,
                  new KernelChangeMetrics(nl80211, namespace, config.serve().destinationLimit())));
    }
    try (outlets;
        recorder) {
      NodeReport node =
          new NodeReport(
              new NodeReport.Sources("kernel", paths, peers, ownNamespace, config.peerLimit()),
              outlets.clock(),
              System::nanoTime);
      service.serve(
          config.serve(),
          new Service.Content(libbpf.version(), collectors, parts, outlets, node, recorder));
    }
    logger.info("stopped");
    return OK;
  }

  private int serveRecording(ReplayConfig config, FileClaims claims) {
    ServeConfig serve = config.serve();
    Logging.apply(serve.logLevel(), serve.logFormat());
    RecordingReader recording = open(config.file());
    AtomicReference<@Nullable MeshPathReplay> replayed = new AtomicReference<>();
    claim(serve, claims);
    boolean allNamespaces = recording.header().fact(RecordingHeader.NETNS).equals(ALL_NAMESPACES);
    Outlets outlets =
        new Outlets(
            serve, MonitorConfig.NONE, build, true, allNamespaces, () -> nowNs(replayed.get()));
    MeshPathReplay replay =
        new MeshPathReplay(
            recording,
            new MeshPathReplay.Settings(table(serve), config.speed()),
            outlets.followers(),
            outlets.clock(),
            outlets::areCrowded,
            config.exitAtEnd() ? service::stop : () -> {});
    replayed.set(replay);
    logger.info("replays {}: {}", config.file(), recording.header().facts());
    NodeReport node =
        new NodeReport(
            new NodeReport.Sources("recording", replay.paths(), List::of, NetNamespace.ALL, 0),
            outlets.clock(),
            replay::nowNs);
    try (outlets) {
      service.serve(
          serve,
          new Service.Content(
              NO_LIBBPF,
              List.of(replay),
              List.of(part(replay, replay.paths(), List::of, outlets, allNamespaces, serve)),
              outlets,
              node,
              null));
    }
    logger.info("stopped");
    return OK;
  }

  private static void claim(ServeConfig config, FileClaims claims) {
    claims.claim(config.otlp().tracesFile(), "--traces.file");
    claims.claim(config.otlp().logsFile(), "--logs.file");
    claims.claim(config.capture().file(), "--capture.file");
  }

  private static long nowNs(@Nullable MeshPathReplay replay) {
    return replay == null ? 0 : replay.nowNs();
  }

  private @Nullable Recorder recorder(ExporterConfig config) {
    Path file = config.recording().file();
    return file == null || !config.meshPath()
        ? null
        : new Recorder(
            file,
            config.recording().maxBytes(),
            new RecordingHeader(
                Map.of(
                    RecordingHeader.PROGRAM,
                    "meshpath " + build.version() + " (revision " + build.revision() + ")",
                    RecordingHeader.SOURCE,
                    "ring",
                    RecordingHeader.KERNEL,
                    System.getProperty("os.version"),
                    RecordingHeader.NETNS,
                    config.netns() == NetnsScope.ALL ? ALL_NAMESPACES : "own")),
            config.serve().listen() == null ? service::stop : () -> {});
  }

  private static RecordingReader open(Path file) {
    try {
      return RecordingReader.open(file);
    } catch (RecordingException e) {
      throw new Failure(file + " " + e.what() + ".", e);
    } catch (NoSuchFileException e) {
      throw new Failure(
          file + " does not exist: name a recording, as meshpath record writes it.", e);
    } catch (IOException e) {
      throw new Failure(file + " cannot be read (" + e + "): name a file that you may read.", e);
    }
  }

  private static Function<CollectorKeeper, CollectorScrape.Part> part(
      Collector collector,
      Supplier<List<DeviceSnapshot>> paths,
      Supplier<List<FrameCounts>> counts,
      Outlets outlets,
      boolean allNamespaces,
      ServeConfig config) {
    return keeper ->
        new CollectorScrape.Part(
            collector.name(),
            () -> keeper.isWatching(collector),
            outlets.series(paths, counts, allNamespaces, config.destinationLimit()));
  }

  private static TableSettings table(ServeConfig config) {
    ChurnConfig churn = config.churn();
    return new TableSettings(
        config.destinationLimit(),
        config.retention().toNanos(),
        new ChurnSettings(
            churn.returnWindow().toNanos(),
            churn.readdWindow().toNanos(),
            churn.burst().toNanos(),
            churn.halfLife().toNanos(),
            churn.changePoints(),
            churn.returnPoints(),
            churn.flappingFrom(),
            churn.quietBelow(),
            churn.ceiling()));
  }

  private static MeshPathCollector meshPath(
      ExporterConfig config,
      Libbpf libbpf,
      KernelBtf kernelBtf,
      Nl80211Connector nl80211,
      Outlets outlets,
      @Nullable Recorder recorder) {
    int netns = config.netns() == NetnsScope.ALL ? NetNamespace.ALL : NetNamespace.own();
    return new MeshPathCollector(
        libbpf,
        kernelBtf,
        nl80211,
        new MeshPathCollector.Settings(
            netns,
            config.ringSize().bytes(),
            table(config.serve()),
            config.attach().allowsFentry(),
            config.attach().allowsKprobes(),
            config.dataPath(),
            config.btf(),
            config.reconcileInterval().toNanos(),
            config.snapLengths().frameBytes(),
            config.snapLengths().dataFrameBytes()),
        outlets.followers(),
        outlets.clock(),
        recorder);
  }
}
