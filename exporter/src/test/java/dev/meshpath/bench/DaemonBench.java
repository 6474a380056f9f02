package dev.meshpath.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the program costs as a daemon, with and without its ahead-of-time cache: the time from its
 * start to the first whole scrape, its memory, the time of a scrape.
 */
final class DaemonBench {
  private static final int STARTS = 11;
  private static final int SCRAPES = 20;
  private static final int TIMED_SCRAPES = 500;

  /** Of a Prometheus that scrapes every 15 s, eight hours: then all is compiled. */
  private static final int WARM_SCRAPES = 2000;

  private static final long POLL_MS = 2;

  /** The last family of a scrape that is whole. */
  private static final String LAST = "meshpath_hook_attached";

  private static final double TARGET_S = 0.30;
  private static final double TARGET_MIB = 96;

  /**
   * A mesh of 100 destinations, eight series each and some for the device, has about 1,000; of a
   * full table, net/mac80211/mesh.h:MESH_MAX_MPATHS, 256 have series of their own.
   */
  private enum Table {
    USUAL(100, 2, 10),
    FULL(1024, Double.MAX_VALUE, 20);

    private final int destinations;
    private final double medianMs;
    private final double p99Ms;

    Table(int destinations, double medianMs, double p99Ms) {
      this.destinations = destinations;
      this.medianMs = medianMs;
      this.p99Ms = p99Ms;
    }
  }

  /**
   * An installation.
   *
   * @param title with or without the cache
   * @param home of bin and lib
   */
  private record Installation(String title, Path home) {
    /**
     * The options of the JVM and the cache as the launcher chooses them, for another main class.
     */
    List<String> java(Path classes, String main) {
      Path lib = home.resolve("lib");
      Path cache = lib.resolve("meshpath.aot");
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "@" + lib.resolve("meshpath.options"),
          Files.exists(cache) ? "-XX:AOTCache=" + cache : "-Xshare:auto",
          "-cp",
          lib.resolve("meshpath.jar") + ":" + classes,
          main);
    }
  }

  private DaemonBench() {}

  /**
   * Measures and prints.
   *
   * @param arguments the installation, the same without the cache, the classes of the benchmarks,
   *     the object of ring_fill
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<Installation> installations =
        List.of(
            new Installation("with AOT cache", Path.of(arguments[0])),
            new Installation("without", Path.of(arguments[1])));
    starts(installations);
    System.out.println();
    for (Installation installation : installations) {
      serves(installation, Path.of(arguments[2]), arguments[3], Table.USUAL);
    }
    serves(installations.getFirst(), Path.of(arguments[2]), arguments[3], Table.FULL);
  }

  private static void starts(List<Installation> installations)
      throws IOException, InterruptedException {
    List<Samples> seconds = List.of(new Samples(), new Samples());
    for (int start = -1; start < STARTS; start++) { // the first is to warm up, ourselves too
      for (int i = 0; i < installations.size(); i++) {
        double s = start(installations.get(i));
        if (start >= 0) {
          seconds.get(i).add(s);
        }
      }
    }
    System.out.printf(
        "%-36s %8s %8s %8s%n", "start to first whole scrape, s", "median", "min", "max");
    for (int i = 0; i < installations.size(); i++) {
      Samples s = seconds.get(i);
      System.out.printf(
          Locale.ROOT,
          "%-36s %8.3f %8.3f %8.3f%n",
          installations.get(i).title(),
          s.median(),
          s.min(),
          s.max());
    }
    verdict("start at most 0.30 s", seconds.getFirst().median() <= TARGET_S);
  }

  /** Seconds from the launcher's start to a whole scrape of the real program. */
  private static double start(Installation installation) throws IOException, InterruptedException {
    int port = freePort();
    long start = System.nanoTime();
    try (Program program =
        new Program(
            List.of(
                installation.home().resolve("bin/meshpath").toString(),
                "--web.listen-address=127.0.0.1:" + port))) {
      while (true) {
        try {
          if (program.series(port).contains(LAST)) {
            return (System.nanoTime() - start) / 1e9;
          }
        } catch (ConnectException e) {
          program.requireAlive();
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    }
  }

  private static void serves(Installation installation, Path classes, String elf, Table table)
      throws IOException {
    List<String> command =
        new ArrayList<>(installation.java(classes, "dev.meshpath.bench.ServedTable"));
    command.addAll(
        List.of(elf, Integer.toString(table.destinations), "--web.listen-address=127.0.0.1:0"));
    try (Program program = new Program(command)) {
      int port = program.readPort();
      long series = program.series(port).lines().filter(line -> !line.startsWith("#")).count();
      double first = program.rssMiB();
      for (int i = 1; i < SCRAPES; i++) {
        program.scrape(port);
      }
      double settled = program.rssMiB();
      Samples young = timed(program, port, TIMED_SCRAPES);
      timed(program, port, WARM_SCRAPES);
      Samples warm = timed(program, port, TIMED_SCRAPES);
      Samples nothing = new Samples();
      for (int i = 0; i < TIMED_SCRAPES; i++) {
        long start = System.nanoTime();
        program.greet(port);
        nothing.add((System.nanoTime() - start) / 1e6);
      }
      System.out.printf(
          Locale.ROOT,
          "%,d series, %s: %.1f MiB after 1 scrape, %.1f after %d, %.1f after %d%n"
              + "  a scrape %.1f ms (p50), %.1f ms (p99); after %d more: %.1f ms, %.1f ms;"
              + " an answer of one line: %.1f ms, %.1f ms%n",
          series,
          installation.title(),
          first,
          settled,
          SCRAPES,
          program.rssMiB(),
          SCRAPES + WARM_SCRAPES + 2 * TIMED_SCRAPES,
          young.median(),
          young.percentile(99),
          WARM_SCRAPES,
          warm.median(),
          warm.percentile(99),
          nothing.median(),
          nothing.percentile(99));
      if (table == Table.USUAL) {
        verdict("memory at most 96 MiB after " + SCRAPES, settled <= TARGET_MIB);
        verdict(
            "a warm scrape at most 2 ms (p50) and 10 ms (p99)",
            warm.median() <= table.medianMs && warm.percentile(99) <= table.p99Ms);
      } else {
        verdict("a warm scrape at most 20 ms (p99)", warm.percentile(99) <= table.p99Ms);
      }
    }
  }

  private static Samples timed(Program program, int port, int scrapes) throws IOException {
    Samples ms = new Samples();
    for (int i = 0; i < scrapes; i++) {
      long start = System.nanoTime();
      program.scrape(port);
      ms.add((System.nanoTime() - start) / 1e6);
    }
    return ms;
  }

  private static void verdict(String target, boolean met) {
    System.out.println(target + ": " + (met ? "met" : "missed"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
