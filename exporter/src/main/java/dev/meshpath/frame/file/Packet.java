package dev.meshpath.frame.file;

import java.time.Instant;

/**
 * A record of a capture.
 *
 * @param number 1 for the first record of the file
 * @param time when it was captured
 * @param interfaceId the interface that captured it, counted through all sections of the file
 * @param linkType what its bytes begin with, as <a
 *     href="https://www.tcpdump.org/linktypes.html">LINKTYPE_*</a>
 * @param fcsBytes length of the frame check sequence that the file announces; {@link #UNKNOWN} if
 *     it does not
 * @param bytes what was kept
 * @param length how many bytes there were
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Packet(
    long number,
    Instant time,
    int interfaceId,
    int linkType,
    int fcsBytes,
    byte[] bytes,
    int length) {
  /** The file says nothing about a frame check sequence. */
  static final int UNKNOWN = -1;
}
