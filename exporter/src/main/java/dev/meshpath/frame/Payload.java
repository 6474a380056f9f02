package dev.meshpath.frame;

import java.net.InetAddress;

/** What a data frame carries, as far as it tells why somebody asked for a path. */
public sealed interface Payload {
  /**
   * ARP.
   *
   * @param operation 1: request, 2: reply
   * @param sender who asks or answers
   * @param target who is asked, or is answered
   */
  record Arp(int operation, InetAddress sender, InetAddress target) implements Payload {}

  /**
   * IPv4 or IPv6.
   *
   * @param version 4 or 6
   * @param protocol as 1 ICMP, 6 TCP, 17 UDP, 58 ICMPv6; of IPv6 the next header
   * @param sourcePort of TCP and UDP; {@link FrameHeader#ABSENT} else
   * @param destinationPort of TCP and UDP; {@code ABSENT} else
   */
  record Ip(
      int version,
      InetAddress source,
      InetAddress destination,
      int protocol,
      int sourcePort,
      int destinationPort)
      implements Payload {}

  /**
   * Anything else, or what could not be decoded.
   *
   * @param etherType {@link FrameHeader#ABSENT} if not even that is known
   */
  record Other(int etherType) implements Payload {}
}
