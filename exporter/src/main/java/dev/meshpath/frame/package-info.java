/**
 * 802.11 and HWMP: from bytes nobody vouches for to values. Works on the first bytes of a frame
 * that a hook of the kernel kept as well as on whole frames of a capture. Every read is checked;
 * what is cut, contradicts itself or lies gives what can be trusted and a {@link
 * dev.meshpath.frame.Defect} that names why there is not more, never an exception. It decodes IEEE
 * 802.11-2020, not what Linux sends of it. May use {@code net}; pcap4j for what a data frame
 * carries.
 */
@NullMarked
package dev.meshpath.frame;

import org.jspecify.annotations.NullMarked;
