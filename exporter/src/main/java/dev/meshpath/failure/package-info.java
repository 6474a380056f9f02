/** Failures that end in one sentence. May use the JDK only. */
@NullMarked
package dev.meshpath.failure;

import org.jspecify.annotations.NullMarked;
