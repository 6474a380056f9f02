/**
 * libbpf by the Foreign Function and Memory API: objects, programs, maps, links, the ring, BTF. No
 * word of a mesh in here. May use {@code ffi}, {@code failure} and SLF4J.
 */
@NullMarked
package dev.meshpath.libbpf;

import org.jspecify.annotations.NullMarked;
