package dev.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.ChurnMetrics;
import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshFrameMetrics;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathMetrics;
import dev.meshpath.collector.meshpath.MeshPathTable;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.TableSettings;
import dev.meshpath.collector.meshpath.trace.Frames;
import dev.meshpath.collector.peerlink.MeshDevice;
import dev.meshpath.collector.peerlink.PeerLinkMetrics;
import dev.meshpath.nl80211.FakeKernel;
import dev.meshpath.nl80211.MeshConfig;
import dev.meshpath.nl80211.PeerLinkState;
import dev.meshpath.nl80211.StationInfo;
import dev.meshpath.nl80211.WirelessInterface;
import dev.meshpath.telemetry.Scrapes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However large the mesh is, the series of a device stay within what is published. */
class SeriesBoundTest {
  /** docs/metrics.md promises it, at the default limits. */
  private static final int MOST_SERIES = 3700;

  private static final int DESTINATIONS = 1024;
  private static final int DESTINATION_LIMIT = 256;
  private static final int PEERS = 100;
  private static final int PEER_LIMIT = 64;

  private final ChurnMetrics churn = new ChurnMetrics(false, null);
  private final MeshFrameMetrics frames = new MeshFrameMetrics(false);
  private final MeshPathTable table =
      new MeshPathTable(
          TableSettings.of(DESTINATION_LIMIT, Long.MAX_VALUE), event -> {}, churn::measures);

  @Test
  void fullTableAndManyPeersStayWithinTheBound() {
    for (int n = 1; n <= DESTINATIONS; n++) {
      come(n, n);
      table.apply(
          Events.nextHop(
              Events.MESH0, Events.station(n), n, MeshPathChange.CHANGE, Events.station(2), 2, 2));
    }
    for (int n = 1; n <= PEERS; n++) {
      for (int state = 0; state < 8; state++) {
        table.apply(Events.peerState(Events.station(n), 0, state));
      }
      frames.onFrame(
          new MeshFrame(
              1,
              0,
              Events.MESH0,
              MeshFrame.Direction.RECEIVED,
              1,
              0,
              0,
              Frames.preq(n, 3, 200, 7, 2, 9),
              Cause.of(PathCause.PREQ)));
    }
    String scrape =
        Scrapes.text(
            new MeshPathMetrics(
                () -> table.snapshot(0), List.of(churn, frames), false, DESTINATION_LIMIT),
            new PeerLinkMetrics(
                () -> List.of(device()), OptionalInt.empty(), PEER_LIMIT, ifindex -> "627fd3d0"));
    List<String> series = series(scrape);
    assertThat(series).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(MOST_SERIES);
    assertThat(series).hasSizeGreaterThan(MOST_SERIES * 3 / 4); // else the bound says nothing
    assertThat(scrape)
        .contains(
            "dot11s_path_destinations_dropped_total{device=\"mesh0\"} 768.0",
            "dot11s_path_changes_total{destination=\"other\",device=\"mesh0\"} 768.0",
            "dot11s_peers_unlisted{device=\"mesh0\"} 36.0");
  }

  /** As the ring's thread does it: one change at a time, and a scrape between two of them. */
  @Test
  @Timeout(120)
  void noSeriesIsMissingOrDoubledWhileDestinationsComeAndGo() throws Exception {
    int lasting = 50;
    for (int n = 1; n <= lasting; n++) {
      come(n, n);
    }
    Object lock = new Object();
    MeshPathMetrics metrics =
        new MeshPathMetrics(
            () -> {
              synchronized (lock) {
                return table.snapshot(0);
              }
            },
            List.of(churn, frames),
            false,
            DESTINATION_LIMIT);
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong changes = new AtomicLong();
    Thread air =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!over.get()) {
                    long n = changes.incrementAndGet();
                    int station = 100 + (int) (n * 7919 % 900);
                    synchronized (lock) {
                      come(station, n);
                      if (n % 3 != 0) {
                        table.apply(Events.delete(Events.MESH0, Events.station(station), n));
                      }
                    }
                  }
                });
    long beganNs = System.nanoTime();
    try {
      for (int scrape = 0; scrape < 500; scrape++) {
        List<String> series = series(Scrapes.text(metrics));
        assertThat(series).doesNotHaveDuplicates();
        Set<String> present = new HashSet<>(series);
        for (int n = 1; n <= lasting; n++) {
          String path = "{destination=\"02:00:00:00:%02x:00\",device=\"mesh0\"}".formatted(n);
          assertThat(present)
              .contains(
                  "dot11s_path_active" + path,
                  "dot11s_path_metric" + path,
                  "dot11s_path_changes_total" + path,
                  "dot11s_path_returns_total" + path,
                  "dot11s_path_flap_penalty" + path,
                  "dot11s_path_flapping" + path);
        }
      }
    } finally {
      over.set(true);
      air.join();
    }
    double seconds = (System.nanoTime() - beganNs) / 1e9;
    assertThat(changes.get() / seconds).as("changes a second").isGreaterThan(10_000);
  }

  private void come(int station, long nowNs) {
    long destination = Events.station(station);
    table.apply(Events.add(Events.MESH0, destination, nowNs));
    table.apply(
        Events.nextHop(
            Events.MESH0, destination, nowNs, MeshPathChange.ASSIGN, Events.station(1), 1, 1));
  }

  /** What stands before the value, of each sample. */
  private static List<String> series(String scrape) {
    return scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .toList();
  }

  private static MeshDevice device() {
    WirelessInterface mesh0 =
        new WirelessInterface(7, "mesh0", 7, Events.station(0), 3, OptionalInt.of(2412), 5);
    MeshConfig config = new FakeKernel().devices().get().meshConfig(7);
    return new MeshDevice(
        mesh0,
        "mac80211_hwsim",
        config,
        IntStream.rangeClosed(1, PEERS).mapToObj(n -> peer(n)).toList());
  }

  private static StationInfo peer(int n) {
    OptionalLong some = OptionalLong.of(n);
    return new StationInfo(
        Events.station(n),
        Optional.of(PeerLinkState.ESTAB),
        OptionalInt.of(n),
        OptionalInt.of(n),
        some,
        some,
        some,
        some,
        some,
        some,
        some,
        OptionalInt.of(-n),
        OptionalInt.of(-n),
        some,
        some,
        some,
        some,
        some,
        some,
        some,
        n);
  }
}
