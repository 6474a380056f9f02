package dev.meshpath.collector.peerlink;

import dev.meshpath.nl80211.PeerLinkState;
import dev.meshpath.nl80211.StationInfo;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The peers of a device: all of them counted, so many of them listed.
 *
 * @param counts by state
 * @param listed established ones first, then by address, so that the list rests when the mesh does
 * @param unlisted how many found no room in the list
 */
record PeerList(Map<PeerLinkState, Integer> counts, List<StationInfo> listed, int unlisted) {
  private static final Comparator<StationInfo> ORDER =
      Comparator.comparing((StationInfo peer) -> !isEstablished(peer))
          .thenComparingLong(StationInfo::address);

  /** Lists at most {@code limit} of {@code stations}. */
  static PeerList of(List<StationInfo> stations, int limit) {
    Map<PeerLinkState, Integer> counts = new EnumMap<>(PeerLinkState.class);
    for (StationInfo station : stations) {
      station.peerLink().ifPresent(state -> counts.merge(state, 1, Integer::sum));
    }
    List<StationInfo> listed = stations.stream().sorted(ORDER).limit(limit).toList();
    return new PeerList(counts, listed, stations.size() - listed.size());
  }

  int count(PeerLinkState state) {
    return counts.getOrDefault(state, 0);
  }

  private static boolean isEstablished(StationInfo peer) {
    return peer.peerLink().filter(PeerLinkState.ESTAB::equals).isPresent();
  }
}
