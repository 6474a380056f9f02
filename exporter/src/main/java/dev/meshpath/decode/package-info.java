/**
 * {@code meshpath decode}: the elements of a capture as lines of text or JSON. May use {@code
 * frame}, {@code json}, {@code bounded}, {@code config}, {@code net} and {@code failure}.
 */
@NullMarked
package dev.meshpath.decode;

import org.jspecify.annotations.NullMarked;
