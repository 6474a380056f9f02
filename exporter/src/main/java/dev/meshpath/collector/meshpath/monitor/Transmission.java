package dev.meshpath.collector.meshpath.monitor;

import dev.meshpath.frame.FrameHeader;
import org.jspecify.annotations.Nullable;

/**
 * What tells a frame from all others that are on the air within a second: a transmitter numbers its
 * frames, and comes round after 4,096 (IEEE 802.11-2020, 10.3.2.14.2). A retry has the number of
 * the frame that it repeats.
 *
 * @param transmitter see {@code net.MacAddress}
 * @param sequenceControl 16 bits
 */
record Transmission(long transmitter, int sequenceControl) {
  /** Null if the header does not go so far. */
  static @Nullable Transmission of(FrameHeader header) {
    return header.sequenceControl() == FrameHeader.ABSENT
        ? null
        : new Transmission(header.transmitter(), header.sequenceControl());
  }
}
