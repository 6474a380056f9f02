/**
 * The event files of an earlier tool of this kind, turned into recordings: what its 19 actions mean
 * in our words, and which frame of the capture beside them each one is about. May use {@code
 * collector.meshpath}, {@code frame}, {@code frame.file}, {@code record}, {@code record.file},
 * {@code net}, {@code failure} and Jackson.
 */
@NullMarked
package dev.meshpath.collector.meshpath.foreign;

import org.jspecify.annotations.NullMarked;
