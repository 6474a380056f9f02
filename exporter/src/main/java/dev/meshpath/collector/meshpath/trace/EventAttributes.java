package dev.meshpath.collector.meshpath.trace;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathState;
import dev.meshpath.frame.Body;
import dev.meshpath.frame.Frame;
import dev.meshpath.frame.FrameHeader;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.Payload;
import dev.meshpath.frame.PayloadDecoder;
import dev.meshpath.net.MacAddress;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.net.InetAddress;
import java.util.Locale;
import java.util.function.BiConsumer;

/** What an event of a path says, as attributes of its span and its log record. */
public final class EventAttributes {
  private static final int ARP_REPLY = 2;
  private static final int ETHERNET_ARP_BYTES = 42;

  private EventAttributes() {}

  /**
   * Decodes one made-up ARP reply. The library that does it reads its settings and finds its
   * classes at the first packet, which takes a second on a small machine, and must not take it from
   * the ring's thread.
   */
  static void prepare() {
    byte[] frame = new byte[ETHERNET_ARP_BYTES];
    frame[12] = 0x08; // EtherType 0x0806
    frame[13] = 0x06;
    summary(new FrameSnapshot(FrameSnapshot.Form.ETHERNET, frame.length, frame));
  }

  /**
   * All of them, for who knows no spans: values are {@code String}, {@code Long} or {@code
   * Boolean}.
   *
   * @param attribute is told name and value of each
   */
  public static void tell(MeshPathEvent event, BiConsumer<String, Object> attribute) {
    AttributesBuilder attributes = Attributes.builder();
    put(attributes, event.device(), event.ktimeNs());
    put(attributes, event);
    attributes.build().forEach((key, value) -> attribute.accept(key.getKey(), value));
  }

  static void put(AttributesBuilder to, MeshPathEvent.Device device, long ktimeNs) {
    to.put(MeshAttributes.MESH_ID, device.meshId().text());
    to.put(MeshAttributes.NODE_ADDRESS, MacAddress.toAttribute(device.address()));
    to.put(MeshAttributes.INTERFACE, device.deviceName());
    to.put(MeshAttributes.MONOTONIC_NS, ktimeNs);
  }

  static void put(AttributesBuilder to, MeshPathEvent event) {
    to.put(MeshAttributes.EVENT, event.change().eventWord());
    if (event.destination() != MacAddress.NONE) {
      to.put(MeshAttributes.DESTINATION, MacAddress.toAttribute(event.destination()));
    }
    MeshPathState before = event.before();
    MeshPathState after = event.after();
    if (before != null && before.nextHop() != MacAddress.NONE) {
      to.put(MeshAttributes.PREVIOUS_NEXT_HOP, MacAddress.toAttribute(before.nextHop()));
      to.put(MeshAttributes.PREVIOUS_METRIC, Integer.toUnsignedLong(before.airtimeMetric()));
    }
    if (after != null) {
      if (after.nextHop() != MacAddress.NONE) {
        to.put(MeshAttributes.NEXT_HOP, MacAddress.toAttribute(after.nextHop()));
      }
      to.put(MeshAttributes.PATH_METRIC, Integer.toUnsignedLong(after.airtimeMetric()));
      to.put(MeshAttributes.PATH_SN, Integer.toUnsignedLong(after.sequenceNumber()));
      to.put(MeshAttributes.PATH_HOP_COUNT, (long) after.hopCount());
    }
    if (before != null && after != null) {
      to.put(MeshAttributes.SAME_NEXT_HOP, before.nextHop() == after.nextHop());
    }
    if (event.change() == MeshPathChange.PEER_STATE) {
      to.put(MeshAttributes.PEER_STATE, event.peerState());
      to.put(MeshAttributes.PEERING_REASON, (long) event.peerReasonCode());
    }
    if (event.error() != 0) {
      to.put(MeshAttributes.ERROR, (long) -event.error());
    }
    put(to, event.cause());
  }

  static void put(AttributesBuilder to, Cause cause) {
    to.put(MeshAttributes.CAUSE, cause.kind().word());
    if (cause.pid() != 0) {
      to.put(MeshAttributes.PID, (long) cause.pid());
      to.put(MeshAttributes.COMMAND, cause.comm());
    }
    if (cause.command() != 0) {
      to.put(MeshAttributes.NL80211_COMMAND, (long) cause.command());
    }
    if (cause.frame().isPresent() && cause.element() == 0) {
      to.put(MeshAttributes.CAUSING_FRAME, summary(cause.frame()));
    }
  }

  /** A data frame in a few words: its payload, if enough of it left the kernel. */
  private static String summary(FrameSnapshot snapshot) {
    Frame frame = snapshot.decode();
    if (!(frame.body() instanceof Body.Data data)) {
      return "frame";
    }
    return switch (PayloadDecoder.decode(snapshot.bytes(), 0, data)) {
      case Payload.Arp arp ->
          (arp.operation() == ARP_REPLY ? "ARP reply " : "ARP request ")
              + address(arp.sender())
              + " > "
              + address(arp.target());
      case Payload.Ip ip ->
          "IPv"
              + ip.version()
              + " protocol "
              + ip.protocol()
              + " "
              + address(ip.source())
              + " > "
              + address(ip.destination());
      case Payload.Other other ->
          other.etherType() == FrameHeader.ABSENT
              ? "data frame"
              : String.format(Locale.ROOT, "EtherType 0x%04x", other.etherType());
    };
  }

  private static String address(InetAddress address) {
    return address.getHostAddress();
  }
}
