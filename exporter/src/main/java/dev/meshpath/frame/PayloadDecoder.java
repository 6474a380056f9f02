package dev.meshpath.frame;

import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpPacket;
import org.pcap4j.packet.LlcPacket;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.SnapPacket;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.factory.PacketFactories;
import org.pcap4j.packet.namednumber.EtherType;

/** From the payload of a data frame to a {@link Payload}, by the packet types of pcap4j. */
public final class PayloadDecoder {
  private PayloadDecoder() {}

  /**
   * Decodes what {@code data} carries. It makes objects and texts: for those who want to know, not
   * for every frame.
   *
   * @param bytes that the frame was decoded from
   * @param offset where it began in them
   */
  public static Payload decode(byte[] bytes, int offset, Body.Data data) {
    int at = offset + data.offset();
    int length = Math.min(data.length(), bytes.length - at);
    if (data.aggregated() || length <= 0) {
      return new Payload.Other(data.etherType());
    }
    try {
      return summary(packet(bytes, at, length, data.etherType()), data.etherType());
    } catch (IllegalRawDataException | RuntimeException e) {
      // pcap4j checks most, not all, of what hostile bytes can be
      return new Payload.Other(data.etherType());
    }
  }

  private static Packet packet(byte[] bytes, int at, int length, int etherType)
      throws IllegalRawDataException {
    return etherType == FrameHeader.ABSENT
        ? LlcPacket.newPacket(bytes, at, length)
        : PacketFactories.getFactory(Packet.class, EtherType.class)
            .newInstance(bytes, at, length, EtherType.getInstance((short) etherType));
  }

  private static Payload summary(Packet packet, int etherType) {
    ArpPacket arp = packet.get(ArpPacket.class);
    if (arp != null) {
      ArpPacket.ArpHeader header = arp.getHeader();
      return new Payload.Arp(
          Short.toUnsignedInt(header.getOperation().value()),
          header.getSrcProtocolAddr(),
          header.getDstProtocolAddr());
    }
    IpPacket ip = packet.get(IpPacket.class);
    if (ip != null) {
      return ip(ip);
    }
    SnapPacket snap = packet.get(SnapPacket.class);
    return new Payload.Other(
        snap == null ? etherType : Short.toUnsignedInt(snap.getHeader().getProtocolId().value()));
  }

  private static Payload ip(IpPacket packet) {
    IpPacket.IpHeader header = packet.getHeader();
    int source = FrameHeader.ABSENT;
    int destination = FrameHeader.ABSENT;
    if (packet.getPayload() instanceof TcpPacket tcp) {
      source = tcp.getHeader().getSrcPort().valueAsInt();
      destination = tcp.getHeader().getDstPort().valueAsInt();
    } else if (packet.getPayload() instanceof UdpPacket udp) {
      source = udp.getHeader().getSrcPort().valueAsInt();
      destination = udp.getHeader().getDstPort().valueAsInt();
    }
    return new Payload.Ip(
        header.getVersion().value(),
        header.getSrcAddr(),
        header.getDstAddr(),
        Byte.toUnsignedInt(header.getProtocol().value()),
        source,
        destination);
  }
}
