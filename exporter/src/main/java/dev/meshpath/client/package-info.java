/**
 * Who asks a running exporter, and shows the answer in a terminal: {@code meshpath watch} and
 * {@code meshpath paths}. May use {@code config}, {@code json}, {@code failure} and, to read what
 * it got, Jackson.
 */
@NullMarked
package dev.meshpath.client;

import org.jspecify.annotations.NullMarked;
