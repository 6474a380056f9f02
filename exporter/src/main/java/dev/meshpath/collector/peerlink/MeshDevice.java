package dev.meshpath.collector.peerlink;

import dev.meshpath.nl80211.MeshConfig;
import dev.meshpath.nl80211.StationInfo;
import dev.meshpath.nl80211.WirelessInterface;
import java.util.List;

/**
 * A mesh point at the time of a scrape.
 *
 * @param device which one
 * @param driver its kernel module; empty: not known
 * @param config its mesh parameters
 * @param peers its peers and candidate peers
 */
public record MeshDevice(
    WirelessInterface device, String driver, MeshConfig config, List<StationInfo> peers) {}
