package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.meshpath.churn.ChangeClass;
import dev.meshpath.frame.MeshId;
import dev.meshpath.net.NetDevice;
import java.util.List;
import java.util.Map;

/**
 * A device and its paths.
 *
 * @param device which one
 * @param meshId of the mesh that it is in, or was in last
 * @param events how many of each change and cause
 * @param paths the listed destinations, those that are gone but retained included, sorted
 * @param states all entries by state
 * @param proxies entries of the proxy table
 * @param supersededDiscoveries discoveries whose entry was deleted before they ended
 * @param ignored elements that told nothing new
 * @param peerLinks changes of peer links
 * @param changesByClass next hop changes by why they were
 * @param otherChanges next hop changes of destinations that were not listed
 * @param otherReturns returns of theirs
 * @param unlisted how many destinations found no room among the listed
 */
public record DeviceSnapshot(
    NetDevice device,
    MeshId meshId,
    List<EventCount> events,
    List<PathSnapshot> paths,
    PathStates states,
    long proxies,
    long supersededDiscoveries,
    List<IgnoredElements.Count> ignored,
    List<PeerLinks.Count> peerLinks,
    Map<ChangeClass, Long> changesByClass,
    long otherChanges,
    long otherReturns,
    long unlisted) {
  /** How many events of that kind, whatever caused them. */
  public long events(MeshPathChange change) {
    return events.stream()
        .filter(count -> count.change() == change)
        .mapToLong(EventCount::count)
        .sum();
  }
}
