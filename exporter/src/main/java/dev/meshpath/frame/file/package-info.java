/**
 * Captures: pcap and pcapng files, and what the various link types put before and behind a frame.
 * May use {@code frame}. The writer ({@link dev.meshpath.frame.file.PcapngWriter}) makes files that
 * the readers, and Wireshark, read.
 */
@NullMarked
package dev.meshpath.frame.file;

import org.jspecify.annotations.NullMarked;
