/**
 * The air, heard by a monitor interface: libpcap by pcap4j. May use {@code frame.file} and {@code
 * failure}.
 */
@NullMarked
package dev.meshpath.monitor;

import org.jspecify.annotations.NullMarked;
