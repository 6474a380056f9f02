/** Collections that cannot grow, whatever comes in by the air. May use the JDK only. */
@NullMarked
package dev.meshpath.bounded;

import org.jspecify.annotations.NullMarked;
