package dev.meshpath.decode;

import dev.meshpath.frame.Element;
import dev.meshpath.frame.FrameHeader;
import dev.meshpath.frame.HwmpElement;
import dev.meshpath.frame.MeshConfiguration;
import dev.meshpath.frame.Peering;
import dev.meshpath.frame.Perr;
import dev.meshpath.frame.Prep;
import dev.meshpath.frame.Preq;
import dev.meshpath.frame.Rann;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The fields of an element, in the order in which they stand in it. The root of a RANN is its
 * originator, the destinations of a PERR are its targets: one name for one role in all elements.
 * Where there are several targets, those of the first have the names that a single one has, and
 * {@code hwmp.targets} lists all.
 */
final class ElementFields {
  private static final String FLAGS = "hwmp.flags";
  private static final String HOP_COUNT = "hwmp.hop_count";
  private static final String TTL = "hwmp.ttl";
  private static final String ORIGINATOR = "hwmp.originator.address";
  private static final String ORIGINATOR_SN = "hwmp.originator.sn";
  private static final String LIFETIME = "hwmp.lifetime_s";
  private static final String METRIC = "hwmp.metric";
  private static final String TARGET = "hwmp.target.";
  private static final String TARGET_COUNT = TARGET + "count";
  private static final String TARGETS = "hwmp.targets";
  private static final String PEERING = "mesh.peering.";
  private static final String CONFIGURATION = "mesh.configuration.";

  private ElementFields() {}

  /** What kind of element this is, as {@code preq} or {@code open}. */
  static String kind(Element element) {
    return switch (element) {
      case Preq ignored -> "preq";
      case Prep ignored -> "prep";
      case Perr ignored -> "perr";
      case Rann ignored -> "rann";
      case Peering peering -> peering.action().name().toLowerCase(Locale.ROOT);
    };
  }

  /** The key of that. */
  static String kindKey(Element element) {
    return element instanceof HwmpElement ? "hwmp.element" : PEERING + "action";
  }

  static void write(Element element, Line line) {
    Line there = new LeadingFields(line, element.fields());
    switch (element) {
      case Preq preq -> {
        preq(preq, there);
        several(preq.targets(), ElementFields::target, line);
      }
      case Prep prep -> prep(prep, there);
      case Perr perr -> {
        there.number(TTL, perr.ttl());
        there.number(TARGET_COUNT, perr.destinationCount());
        several(perr.destinations(), ElementFields::destination, line);
      }
      case Rann rann -> rann(rann, there);
      case Peering peering -> {
        around(peering, line);
        management(peering, there);
        if (peering.protectedBytes() > 0) {
          line.number(PEERING + "protected_bytes", peering.protectedBytes());
        }
      }
    }
  }

  private static void preq(Preq preq, Line line) {
    line.number(FLAGS, preq.flags());
    line.number(HOP_COUNT, preq.hopCount());
    line.number(TTL, preq.ttl());
    line.unsigned("hwmp.preq.id", preq.preqId());
    line.address(ORIGINATOR, preq.originator());
    line.unsigned(ORIGINATOR_SN, preq.originatorSn());
    if (extended(preq.flags())) {
      line.address("hwmp.originator.external_address", preq.originatorExternal());
    }
    line.seconds(LIFETIME, preq.lifetimeTu());
    line.unsigned(METRIC, preq.airtimeMetric());
    line.number(TARGET_COUNT, preq.targetCount());
  }

  private static void prep(Prep prep, Line line) {
    line.number(FLAGS, prep.flags());
    line.number(HOP_COUNT, prep.hopCount());
    line.number(TTL, prep.ttl());
    line.address(TARGET + "address", prep.target());
    line.unsigned(TARGET + "sn", prep.targetSn());
    if (extended(prep.flags())) {
      line.address(TARGET + "external_address", prep.targetExternal());
    }
    line.seconds(LIFETIME, prep.lifetimeTu());
    line.unsigned(METRIC, prep.airtimeMetric());
    line.address(ORIGINATOR, prep.originator());
    line.unsigned(ORIGINATOR_SN, prep.originatorSn());
  }

  private static void rann(Rann rann, Line line) {
    line.number(FLAGS, rann.flags());
    line.number(HOP_COUNT, rann.hopCount());
    line.number(TTL, rann.ttl());
    line.address(ORIGINATOR, rann.root());
    line.unsigned(ORIGINATOR_SN, rann.rootSn());
    line.seconds("hwmp.interval_s", rann.intervalTu());
    line.unsigned(METRIC, rann.airtimeMetric());
  }

  /** A target with a name's beginning before each of its fields. */
  private interface Filler<T> {
    void fill(T target, String prefix, Line line);
  }

  private static <T> void several(List<T> targets, Filler<T> filler, Line line) {
    if (!targets.isEmpty()) {
      filler.fill(targets.getFirst(), TARGET, line);
    }
    if (targets.size() > 1) {
      line.list(
          TARGETS,
          targets.stream()
              .<Consumer<Line>>map(target -> entry -> filler.fill(target, "", entry))
              .toList());
    }
  }

  private static void target(Preq.Target target, String prefix, Line line) {
    line.number(prefix + "flags", target.flags());
    line.address(prefix + "address", target.address());
    line.unsigned(prefix + "sn", target.sn());
  }

  private static void destination(Perr.Destination destination, String prefix, Line line) {
    line.number(prefix + "flags", destination.flags());
    line.address(prefix + "address", destination.address());
    line.unsigned(prefix + "sn", destination.sn());
    if (extended(destination.flags())) {
      line.address(prefix + "external_address", destination.external());
    }
    line.number(
        prefix.isEmpty() ? "reason_code" : "hwmp.perr.reason_code", destination.reasonCode());
  }

  private static void around(Peering peering, Line line) {
    ifThere(line, "capability", peering.capability());
    ifThere(line, "aid", peering.aid());
    if (peering.meshId() != null) {
      line.text("mesh.id", peering.meshId().text());
    }
    MeshConfiguration configuration = peering.configuration();
    if (configuration != null) {
      line.number(CONFIGURATION + "path_protocol", configuration.pathProtocol());
      line.number(CONFIGURATION + "path_metric", configuration.pathMetric());
      line.number(CONFIGURATION + "congestion_control", configuration.congestionControl());
      line.number(CONFIGURATION + "synchronization", configuration.synchronization());
      line.number(CONFIGURATION + "authentication", configuration.authentication());
      line.number(CONFIGURATION + "formation_info", configuration.formationInfo());
      line.number(CONFIGURATION + "capability", configuration.capability());
    }
  }

  private static void management(Peering peering, Line line) {
    line.number(PEERING + "protocol", peering.protocol());
    line.number(PEERING + "local_link_id", peering.localLinkId());
    ifThere(line, "peer_link_id", peering.peerLinkId());
    ifThere(line, "reason_code", peering.reasonCode());
  }

  private static void ifThere(Line line, String name, int value) {
    if (value != FrameHeader.ABSENT) {
      line.number(PEERING + name, value);
    }
  }

  private static boolean extended(int flags) {
    return (flags & HwmpElement.ADDRESS_EXTENSION) != 0;
  }
}
