/**
 * What can be configured, and where values come from: flags, then environment, then the YAML file,
 * then defaults. May use {@code failure} and snakeyaml-engine.
 */
@NullMarked
package dev.meshpath.config;

import org.jspecify.annotations.NullMarked;
