package dev.meshpath.bench;

import dev.meshpath.cli.Commands;
import dev.meshpath.collector.meshpath.MeshPathCollector;
import dev.meshpath.collector.meshpath.MeshPathMetrics;
import dev.meshpath.collector.meshpath.TableSettings;
import dev.meshpath.config.Audience;
import dev.meshpath.config.ExporterConfig;
import dev.meshpath.ffi.LibC;
import dev.meshpath.http.HttpServer;
import dev.meshpath.http.LandingPage;
import dev.meshpath.http.Live;
import dev.meshpath.libbpf.KernelBtf;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.RingBuffer;
import dev.meshpath.net.NetNamespace;
import dev.meshpath.nl80211.Nl80211Connector;
import dev.meshpath.record.RingThread;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.CollectorScrape;
import dev.meshpath.telemetry.Logging;
import dev.meshpath.telemetry.SelfMetrics;
import dev.meshpath.telemetry.Telemetry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The exporter on a host with a large mesh, without the mesh: all of it runs, but for the hooks in
 * mac80211, whose records ring_fill makes. Prints its port, and ends when its input ends.
 */
final class ServedTable {
  private ServedTable() {}

  /**
   * Serves until its input ends.
   *
   * @param arguments the object of ring_fill, how many destinations, then those of meshpath
   */
  public static void main(String[] arguments) {
    Path elf = Path.of(arguments[0]);
    int destinations = Integer.parseInt(arguments[1]);
    Commands commands =
        new Commands(
            config -> serve(elf, destinations, config),
            "meshpath",
            Map.of(),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    System.exit(
        commands.execute(List.of(arguments).subList(2, arguments.length).toArray(new String[0])));
  }

  private static int serve(Path elf, int destinations, ExporterConfig config) {
    Logging.apply(config.serve().logLevel(), config.serve().logFormat());
    Libbpf libbpf = new Libbpf(new LibC());
    MeshPathCollector collector =
        new MeshPathCollector(
            libbpf,
            new KernelBtf(Path.of("/sys/kernel/btf")),
            new Nl80211Connector(libbpf.libc()),
            new MeshPathCollector.Settings(
                NetNamespace.own(),
                config.ringSize().bytes(),
                TableSettings.of(
                    config.serve().destinationLimit(), config.serve().retention().toNanos()),
                true,
                true,
                config.dataPath(),
                config.btf(),
                config.reconcileInterval().toNanos(),
                config.snapLengths().frameBytes(),
                config.snapLengths().dataFrameBytes()));
    Follower follower = new Follower();
    try (FilledRing ring = new FilledRing(libbpf, elf, config.ringSize().bytes(), destinations);
        RingBuffer reader = ring.open();
        RingThread thread =
            new RingThread("mesh_path", libbpf.libc(), reader, follower.dispatcher());
        Telemetry telemetry = new Telemetry()) {
      thread.start();
      ring.fill(destinations * FilledRing.CHANGES);
      telemetry.register(new SelfMetrics(BuildInfo.load(), libbpf.version(), List.of(collector)));
      telemetry.register(
          new CollectorScrape(
              List.of(
                  new CollectorScrape.Part(
                      "mesh_path",
                      () -> true,
                      new MeshPathMetrics(
                          () -> thread.settled(() -> follower.table().snapshot(System.nanoTime())),
                          false,
                          config.serve().destinationLimit()))),
              System::nanoTime));
      telemetry.registerProcess();
      try (HttpServer http =
          HttpServer.start(
              Objects.requireNonNull(config.serve().listen()),
              telemetry,
              () -> true,
              new LandingPage("bench", false),
              null,
              new Live(() -> "{}", new NoEvents(), Audience.LOOPBACK))) {
        System.out.println(http.port());
        while (System.in.read() >= 0) {
          // until who started us has seen enough
        }
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whoever scrapes needs none. */
  private static final class NoEvents implements Live.Events {
    @Override
    public long newest() {
      return 0;
    }

    @Override
    public Live.Batch after(long after, int most) {
      return new Live.Batch(0, List.of());
    }
  }
}
