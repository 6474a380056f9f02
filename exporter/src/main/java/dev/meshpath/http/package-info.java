/**
 * The HTTP server: /metrics, health, the landing page. May use {@code config}, {@code telemetry},
 * {@code failure} and Javalin.
 */
@NullMarked
package dev.meshpath.http;

import org.jspecify.annotations.NullMarked;
