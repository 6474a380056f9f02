/**
 * Native libraries by the Foreign Function and Memory API: how they are linked, and the few calls
 * of the C library. May use {@code failure} and the JDK.
 */
@NullMarked
package dev.meshpath.ffi;

import org.jspecify.annotations.NullMarked;
