package dev.meshpath.nl80211;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A station that a device knows. What the driver does not tell is empty. Counters begin at 0 when
 * the station is added.
 *
 * @param address its MAC address, see {@code MacAddress}
 * @param peerLink on a mesh point
 * @param localLinkId of the peer link, 0 to 65535
 * @param peerLinkId of the peer link, 0 to 65535
 * @param inactiveMs since the last frame from it
 * @param receiveBytes counter
 * @param transmitBytes counter
 * @param receivePackets counter, 32 bits
 * @param transmitPackets counter, 32 bits
 * @param transmitRetries counter, 32 bits
 * @param transmitFailed counter, 32 bits: frames that it never acknowledged
 * @param signalDbm of the last frame
 * @param averageSignalDbm over the last frames
 * @param receiveBitsPerSecond rate of the last frame
 * @param transmitBitsPerSecond rate of the last frame
 * @param airtimeMetric of the link, in 0.01 TU
 * @param receiveAirtimeUs counter, microseconds
 * @param transmitAirtimeUs counter, microseconds
 * @param timeOffsetUs its TSF timer minus ours, microseconds, signed
 * @param expectedBitsPerSecond throughput that the rate control expects
 * @param generation of the list: a station came or went when it moves
 */
public record StationInfo(
    long address,
    Optional<PeerLinkState> peerLink,
    OptionalInt localLinkId,
    OptionalInt peerLinkId,
    OptionalLong inactiveMs,
    OptionalLong receiveBytes,
    OptionalLong transmitBytes,
    OptionalLong receivePackets,
    OptionalLong transmitPackets,
    OptionalLong transmitRetries,
    OptionalLong transmitFailed,
    OptionalInt signalDbm,
    OptionalInt averageSignalDbm,
    OptionalLong receiveBitsPerSecond,
    OptionalLong transmitBitsPerSecond,
    OptionalLong airtimeMetric,
    OptionalLong receiveAirtimeUs,
    OptionalLong transmitAirtimeUs,
    OptionalLong timeOffsetUs,
    OptionalLong expectedBitsPerSecond,
    long generation) {}
