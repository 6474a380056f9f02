/**
 * What a monitor interface hears, joined with the frames that the kernel handled. May use {@code
 * collector}, {@code collector.meshpath}, {@code bounded}, {@code frame}, {@code frame.file} and
 * {@code net}.
 */
@NullMarked
package dev.meshpath.collector.meshpath.monitor;

import org.jspecify.annotations.NullMarked;
