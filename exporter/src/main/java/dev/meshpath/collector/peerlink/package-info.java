/**
 * The peer links of mesh devices: {@link dev.meshpath.collector.peerlink.PeerLinkCollector} asks
 * nl80211 at each scrape, {@link dev.meshpath.collector.peerlink.PeerLinkMetrics} shows what it
 * says, {@link dev.meshpath.collector.peerlink.PeerJson} tells it as JSON. May use {@code
 * collector}, {@code nl80211}, {@code net}, {@code json} and {@code failure}, and in {@code
 * PeerLinkMetrics} the Prometheus model.
 */
@NullMarked
package dev.meshpath.collector.peerlink;

import org.jspecify.annotations.NullMarked;
