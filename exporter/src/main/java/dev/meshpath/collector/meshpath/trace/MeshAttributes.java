package dev.meshpath.collector.meshpath.trace;

import io.opentelemetry.api.common.AttributeKey;

/**
 * The names of the attributes of spans and log records, all in one place; docs/traces.md explains
 * them. Addresses are upper-case hexadecimal with hyphens, as OpenTelemetry writes them. They are
 * experimental: the semantic conventions have none for IEEE 802.11 yet.
 */
final class MeshAttributes {
  static final AttributeKey<String> MESH_ID = AttributeKey.stringKey("mesh.id");
  static final AttributeKey<String> NODE_ADDRESS = AttributeKey.stringKey("mesh.node.address");
  static final AttributeKey<String> INTERFACE = AttributeKey.stringKey("network.interface.name");
  static final AttributeKey<Long> MONOTONIC_NS = AttributeKey.longKey("mesh.time.monotonic_ns");

  static final AttributeKey<String> SUBTYPE = AttributeKey.stringKey("ieee80211.frame.subtype");
  static final AttributeKey<Long> SEQUENCE =
      AttributeKey.longKey("ieee80211.frame.sequence_number");
  static final AttributeKey<Boolean> RETRY = AttributeKey.booleanKey("ieee80211.frame.retry");
  static final AttributeKey<String> TRANSMITTER =
      AttributeKey.stringKey("ieee80211.frame.transmitter.address");
  static final AttributeKey<String> RECEIVER =
      AttributeKey.stringKey("ieee80211.frame.receiver.address");

  static final AttributeKey<Long> SIGNAL_DBM = AttributeKey.longKey("ieee80211.frame.signal_dbm");
  static final AttributeKey<Long> RATE =
      AttributeKey.longKey("ieee80211.frame.rate_bits_per_second");
  static final AttributeKey<Long> CHANNEL = AttributeKey.longKey("ieee80211.frame.channel");
  static final AttributeKey<Long> FREQUENCY = AttributeKey.longKey("ieee80211.frame.frequency_mhz");

  static final AttributeKey<String> ELEMENT = AttributeKey.stringKey("hwmp.element");
  static final AttributeKey<String> ORIGINATOR = AttributeKey.stringKey("hwmp.originator.address");
  static final AttributeKey<Long> ORIGINATOR_SN = AttributeKey.longKey("hwmp.originator.sn");
  static final AttributeKey<String> TARGET = AttributeKey.stringKey("hwmp.target.address");
  static final AttributeKey<Long> TARGET_SN = AttributeKey.longKey("hwmp.target.sn");
  static final AttributeKey<Long> PREQ_ID = AttributeKey.longKey("hwmp.preq.id");
  static final AttributeKey<Long> HOP_COUNT = AttributeKey.longKey("hwmp.hop_count");
  static final AttributeKey<Long> TTL = AttributeKey.longKey("hwmp.ttl");
  static final AttributeKey<Long> METRIC = AttributeKey.longKey("hwmp.metric");
  static final AttributeKey<Double> LIFETIME_S = AttributeKey.doubleKey("hwmp.lifetime_s");
  static final AttributeKey<Long> FLAGS = AttributeKey.longKey("hwmp.flags");
  static final AttributeKey<Long> REASON = AttributeKey.longKey("hwmp.perr.reason_code");
  static final AttributeKey<String> PEERING_ACTION = AttributeKey.stringKey("mesh.peering.action");
  static final AttributeKey<Long> PEERING_REASON = AttributeKey.longKey("mesh.peering.reason_code");
  static final AttributeKey<String> PEER_STATE = AttributeKey.stringKey("mesh.peer.state");

  static final AttributeKey<String> EVENT = AttributeKey.stringKey("mesh.path.event");
  static final AttributeKey<String> CAUSE = AttributeKey.stringKey("mesh.path.cause");
  static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("mesh.path.destination");
  static final AttributeKey<String> NEXT_HOP = AttributeKey.stringKey("mesh.path.next_hop");
  static final AttributeKey<String> PREVIOUS_NEXT_HOP =
      AttributeKey.stringKey("mesh.path.previous_next_hop");
  static final AttributeKey<Boolean> SAME_NEXT_HOP =
      AttributeKey.booleanKey("mesh.path.same_next_hop");
  static final AttributeKey<Long> PATH_METRIC = AttributeKey.longKey("mesh.path.metric");
  static final AttributeKey<Long> PREVIOUS_METRIC =
      AttributeKey.longKey("mesh.path.previous_metric");
  static final AttributeKey<Long> PATH_SN = AttributeKey.longKey("mesh.path.sn");
  static final AttributeKey<Long> PATH_HOP_COUNT = AttributeKey.longKey("mesh.path.hop_count");
  static final AttributeKey<Long> ERROR = AttributeKey.longKey("mesh.path.errno");
  static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("mesh.discovery.attempt");
  static final AttributeKey<String> CAUSING_FRAME = AttributeKey.stringKey("mesh.cause.frame");
  static final AttributeKey<Long> PID = AttributeKey.longKey("process.pid");
  static final AttributeKey<String> COMMAND = AttributeKey.stringKey("process.command");
  static final AttributeKey<Long> NL80211_COMMAND = AttributeKey.longKey("mesh.nl80211.command");

  private MeshAttributes() {}
}
