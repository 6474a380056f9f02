package dev.meshpath.collector.meshpath.trace;

import static dev.meshpath.collector.meshpath.trace.MeshAttributes.ELEMENT;

import dev.meshpath.frame.Element;
import dev.meshpath.frame.Frame;
import dev.meshpath.frame.FrameHeader;
import dev.meshpath.frame.HwmpElement;
import dev.meshpath.frame.Peering;
import dev.meshpath.frame.Perr;
import dev.meshpath.frame.Prep;
import dev.meshpath.frame.Preq;
import dev.meshpath.frame.Rann;
import dev.meshpath.frame.Reception;
import dev.meshpath.net.Channel;
import dev.meshpath.net.MacAddress;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Locale;

/** What a path selection or peering frame says, as attributes of its span. */
final class FrameAttributes {
  private static final double SECONDS_PER_TU = 1024e-6;
  private static final long BITS_PER_KILOBIT = 1000;

  private FrameAttributes() {}

  /**
   * The word of an element in names and attributes: PREQ, PREP, PERR, RANN, or the peering action.
   */
  static String word(Element element) {
    return switch (element) {
      case Preq _ -> "PREQ";
      case Prep _ -> "PREP";
      case Perr _ -> "PERR";
      case Rann _ -> "RANN";
      case Peering peering -> peering.action().name();
    };
  }

  static void put(AttributesBuilder to, Frame frame, Element element) {
    FrameHeader header = frame.header();
    to.put(MeshAttributes.SUBTYPE, "action");
    to.put(MeshAttributes.TRANSMITTER, MacAddress.toAttribute(header.transmitter()));
    to.put(MeshAttributes.RECEIVER, MacAddress.toAttribute(header.receiver()));
    to.put(MeshAttributes.SEQUENCE, (long) header.sequenceNumber());
    to.put(MeshAttributes.RETRY, header.retry());
    if (element instanceof HwmpElement hwmp) {
      to.put(ELEMENT, word(element));
      to.put(MeshAttributes.FLAGS, (long) hwmp.flags());
      to.put(MeshAttributes.TTL, (long) hwmp.ttl());
    }
    switch (element) {
      case Preq preq -> put(to, preq);
      case Prep prep -> put(to, prep);
      case Perr perr -> put(to, perr);
      case Rann rann -> put(to, rann);
      case Peering peering -> put(to, peering);
    }
  }

  /** What a monitor interface heard of the frame, if there is one and it did. */
  static void put(AttributesBuilder to, Reception reception) {
    reception.signalDbm().ifPresent(dbm -> to.put(MeshAttributes.SIGNAL_DBM, (long) dbm));
    reception.rateKbps().ifPresent(kbps -> to.put(MeshAttributes.RATE, kbps * BITS_PER_KILOBIT));
    reception
        .mhz()
        .ifPresent(
            mhz -> {
              to.put(MeshAttributes.FREQUENCY, (long) mhz);
              Channel.of(mhz).ifPresent(number -> to.put(MeshAttributes.CHANNEL, (long) number));
            });
  }

  private static void put(AttributesBuilder to, Preq preq) {
    to.put(MeshAttributes.ORIGINATOR, MacAddress.toAttribute(preq.originator()));
    to.put(MeshAttributes.ORIGINATOR_SN, Integer.toUnsignedLong(preq.originatorSn()));
    to.put(MeshAttributes.PREQ_ID, Integer.toUnsignedLong(preq.preqId()));
    to.put(MeshAttributes.HOP_COUNT, (long) preq.hopCount());
    to.put(MeshAttributes.METRIC, Integer.toUnsignedLong(preq.airtimeMetric()));
    to.put(MeshAttributes.LIFETIME_S, seconds(preq.lifetimeTu()));
    if (!preq.targets().isEmpty()) {
      to.put(MeshAttributes.TARGET, MacAddress.toAttribute(preq.targets().getFirst().address()));
      to.put(MeshAttributes.TARGET_SN, Integer.toUnsignedLong(preq.targets().getFirst().sn()));
    }
  }

  private static void put(AttributesBuilder to, Prep prep) {
    to.put(MeshAttributes.ORIGINATOR, MacAddress.toAttribute(prep.originator()));
    to.put(MeshAttributes.ORIGINATOR_SN, Integer.toUnsignedLong(prep.originatorSn()));
    to.put(MeshAttributes.TARGET, MacAddress.toAttribute(prep.target()));
    to.put(MeshAttributes.TARGET_SN, Integer.toUnsignedLong(prep.targetSn()));
    to.put(MeshAttributes.HOP_COUNT, (long) prep.hopCount());
    to.put(MeshAttributes.METRIC, Integer.toUnsignedLong(prep.airtimeMetric()));
    to.put(MeshAttributes.LIFETIME_S, seconds(prep.lifetimeTu()));
  }

  private static void put(AttributesBuilder to, Perr perr) {
    if (!perr.destinations().isEmpty()) {
      Perr.Destination first = perr.destinations().getFirst();
      to.put(MeshAttributes.TARGET, MacAddress.toAttribute(first.address()));
      to.put(MeshAttributes.TARGET_SN, Integer.toUnsignedLong(first.sn()));
      to.put(MeshAttributes.REASON, (long) first.reasonCode());
    }
  }

  private static void put(AttributesBuilder to, Rann rann) {
    to.put(MeshAttributes.ORIGINATOR, MacAddress.toAttribute(rann.root()));
    to.put(MeshAttributes.ORIGINATOR_SN, Integer.toUnsignedLong(rann.rootSn()));
    to.put(MeshAttributes.HOP_COUNT, (long) rann.hopCount());
    to.put(MeshAttributes.METRIC, Integer.toUnsignedLong(rann.airtimeMetric()));
  }

  private static void put(AttributesBuilder to, Peering peering) {
    to.put(MeshAttributes.PEERING_ACTION, peering.action().name().toLowerCase(Locale.ROOT));
    if (peering.reasonCode() != FrameHeader.ABSENT) {
      to.put(MeshAttributes.PEERING_REASON, (long) peering.reasonCode());
    }
  }

  private static double seconds(int lifetimeTu) {
    return Integer.toUnsignedLong(lifetimeTu) * SECONDS_PER_TU;
  }
}
