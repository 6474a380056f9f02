/**
 * The kernel's wireless configuration by nl80211, read only: interfaces, mesh paths, proxy paths,
 * stations, mesh parameters. libnl connects and sends; what comes back is decoded here, byte by
 * byte and bounds-checked. May use {@code ffi}, {@code net} and {@code failure}.
 */
@NullMarked
package dev.meshpath.nl80211;

import org.jspecify.annotations.NullMarked;
