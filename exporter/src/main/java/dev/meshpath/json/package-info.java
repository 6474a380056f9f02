/** JSON texts. May use the JDK only. */
@NullMarked
package dev.meshpath.json;

import org.jspecify.annotations.NullMarked;
