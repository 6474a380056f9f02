/**
 * Captures: pcap and pcapng files, and what the various link types put before and behind a frame.
 * May use {@code frame}.
 */
@NullMarked
package dev.meshpath.frame.file;

import org.jspecify.annotations.NullMarked;
