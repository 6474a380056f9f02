/**
 * The frames that caused something, in rotating pcapng files. May use {@code collector}, {@code
 * collector.meshpath}, {@code collector.meshpath.identity}, {@code frame}, {@code frame.file},
 * {@code record}, {@code net} and {@code failure}.
 */
@NullMarked
package dev.meshpath.collector.meshpath.capture;

import org.jspecify.annotations.NullMarked;
