package dev.meshpath.collector.peerlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.nl80211.FakeKernel;
import dev.meshpath.telemetry.Scrapes;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PeerLinkMetricsTest {
  private final FakeKernel kernel = new FakeKernel().devices().peers();

  @Test
  void peersAreWholeScrape() {
    assertThat(scrape(OptionalInt.empty(), 2))
        .isEqualTo(
            """
            # HELP dot11s_interface_info Address and driver of a device, its channel and the hash of its mesh id, none while it has not joined, and its mesh parameters mesh_hwmp_rootmode and mesh_fwding.
            # TYPE dot11s_interface_info gauge
            dot11s_interface_info{address="02:00:00:00:00:00",channel="",device="mesh1",driver="",fwding="1",mesh_id_hash="",root_mode="4"} 1
            dot11s_interface_info{address="02:00:00:00:00:00",channel="1",device="mesh0",driver="",fwding="1",mesh_id_hash="627fd3d0",root_mode="4"} 1
            # HELP dot11s_peer_inactive_seconds Time since the last frame from a peer.
            # TYPE dot11s_peer_inactive_seconds gauge
            dot11s_peer_inactive_seconds{device="mesh0",peer="02:00:00:00:01:00"} 1.5
            # HELP dot11s_peer_metric Airtime metric of the link to a peer in units of 0.01 TU.
            # TYPE dot11s_peer_metric gauge
            dot11s_peer_metric{device="mesh0",peer="02:00:00:00:01:00"} 152.0
            # HELP dot11s_peer_receive_bits_per_second Rate of the last frame from a peer.
            # TYPE dot11s_peer_receive_bits_per_second gauge
            dot11s_peer_receive_bits_per_second{device="mesh0",peer="02:00:00:00:01:00"} 1.0E10
            # HELP dot11s_peer_signal_dbm Signal of the last frame from a peer.
            # TYPE dot11s_peer_signal_dbm gauge
            dot11s_peer_signal_dbm{device="mesh0",peer="02:00:00:00:01:00"} -30.0
            # HELP dot11s_peer_time_offset_seconds TSF timer of a peer minus our own, as mesh synchronisation measured it.
            # TYPE dot11s_peer_time_offset_seconds gauge
            dot11s_peer_time_offset_seconds{device="mesh0",peer="02:00:00:00:01:00"} -2.5
            # HELP dot11s_peer_transmit_bits_per_second Rate of the last frame to a peer.
            # TYPE dot11s_peer_transmit_bits_per_second gauge
            dot11s_peer_transmit_bits_per_second{device="mesh0",peer="02:00:00:00:01:00"} 5.4E7
            # HELP dot11s_peer_transmit_failed_total Frames that a peer never acknowledged since it was added.
            # TYPE dot11s_peer_transmit_failed_total counter
            dot11s_peer_transmit_failed_total{device="mesh0",peer="02:00:00:00:01:00"} 13.0
            # HELP dot11s_peer_transmit_packets_total Frames to a peer since it was added.
            # TYPE dot11s_peer_transmit_packets_total counter
            dot11s_peer_transmit_packets_total{device="mesh0",peer="02:00:00:00:01:00"} 4.294967295E9
            # HELP dot11s_peer_transmit_retries_total Repeated transmissions to a peer since it was added.
            # TYPE dot11s_peer_transmit_retries_total counter
            dot11s_peer_transmit_retries_total{device="mesh0",peer="02:00:00:00:01:00"} 12.0
            # HELP dot11s_peers Peers and candidate peers, by the state of the peer link.
            # TYPE dot11s_peers gauge
            dot11s_peers{device="mesh0",state="blocked"} 0.0
            dot11s_peers{device="mesh0",state="cnf_rcvd"} 0.0
            dot11s_peers{device="mesh0",state="estab"} 2.0
            dot11s_peers{device="mesh0",state="holding"} 0.0
            dot11s_peers{device="mesh0",state="listen"} 1.0
            dot11s_peers{device="mesh0",state="opn_rcvd"} 0.0
            dot11s_peers{device="mesh0",state="opn_snt"} 0.0
            dot11s_peers{device="mesh1",state="blocked"} 0.0
            dot11s_peers{device="mesh1",state="cnf_rcvd"} 0.0
            dot11s_peers{device="mesh1",state="estab"} 0.0
            dot11s_peers{device="mesh1",state="holding"} 0.0
            dot11s_peers{device="mesh1",state="listen"} 0.0
            dot11s_peers{device="mesh1",state="opn_rcvd"} 0.0
            dot11s_peers{device="mesh1",state="opn_snt"} 0.0
            # HELP dot11s_peers_limit Most peers with series of their own, established ones first.
            # TYPE dot11s_peers_limit gauge
            dot11s_peers_limit{device="mesh0"} 2.0
            dot11s_peers_limit{device="mesh1"} 2.0
            # HELP dot11s_peers_unlisted Peers that have no series of their own because of the limit.
            # TYPE dot11s_peers_unlisted gauge
            dot11s_peers_unlisted{device="mesh0"} 1.0
            dot11s_peers_unlisted{device="mesh1"} 0.0
            """);
  }

  @Test
  void limitOfNoneShowsTheCountsOnly() {
    assertThat(scrape(OptionalInt.empty(), 0).lines())
        .contains(
            "dot11s_peers_unlisted{device=\"mesh0\"} 3.0",
            "dot11s_peers{device=\"mesh0\",state=\"estab\"} 2.0")
        .noneMatch(line -> line.contains("peer=\""));
  }

  @Test
  void namespaceIsLabelWhereItIsAskedFor() {
    assertThat(scrape(OptionalInt.of(-1), 64).lines().filter(line -> !line.startsWith("#")))
        .isNotEmpty()
        .allMatch(line -> line.contains("netns=\"4294967295\""));
  }

  @Test
  void withoutMeshPointsThereAreNoSeries() {
    String scrape =
        Scrapes.text(new PeerLinkMetrics(List::of, OptionalInt.empty(), 64, ifindex -> ""));
    assertThat(scrape.lines().filter(line -> !line.startsWith("#"))).isEmpty();
  }

  @Test
  void oneLookMakesAllSeries() {
    scrape(OptionalInt.empty(), 64);
    // the interfaces once, then parameters and stations of two mesh points
    assertThat(kernel.asked()).isEqualTo(5);
  }

  private String scrape(OptionalInt netns, int limit) {
    return Scrapes.text(
        new PeerLinkMetrics(
            new PeerLinkCollector(kernel).devices(),
            netns,
            limit,
            ifindex -> ifindex == 7 ? "627fd3d0" : ""));
  }
}
