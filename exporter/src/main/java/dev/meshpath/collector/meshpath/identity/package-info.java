/**
 * Which trace a frame or an event is of, computed from what stands in the frames, so that all nodes
 * and all outlets of a node name it alike. May use {@code collector.meshpath}, {@code bounded},
 * {@code frame} and {@code net}.
 */
@NullMarked
package dev.meshpath.collector.meshpath.identity;

import org.jspecify.annotations.NullMarked;
