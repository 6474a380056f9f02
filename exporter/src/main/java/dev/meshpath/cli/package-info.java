/**
 * The command line: one class a command. A command parses and checks, what it runs it is given. May
 * use {@code config}, {@code failure} and picocli.
 */
@NullMarked
package dev.meshpath.cli;

import org.jspecify.annotations.NullMarked;
