/** The entry, and the one place that wires all rooms. May use all of them; none may use it. */
@NullMarked
package dev.meshpath;

import org.jspecify.annotations.NullMarked;
