/** Values of the network: addresses and devices. May use the JDK only. */
@NullMarked
package dev.meshpath.net;

import org.jspecify.annotations.NullMarked;
