/**
 * What all records have in common: the header, the dispatcher that hands them to their collectors,
 * the ledger of what became of them, the thread that reads the rings, the proof of layouts. No word
 * of a mesh in here. May use {@code libbpf}, {@code ffi}, {@code failure} and SLF4J.
 */
@NullMarked
package dev.meshpath.record;

import org.jspecify.annotations.NullMarked;
