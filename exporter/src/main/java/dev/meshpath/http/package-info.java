/**
 * The HTTP server: /metrics, health, captures, the page at / and what it shows live. May use {@code
 * config}, {@code telemetry}, {@code failure} and Javalin.
 */
@NullMarked
package dev.meshpath.http;

import org.jspecify.annotations.NullMarked;
