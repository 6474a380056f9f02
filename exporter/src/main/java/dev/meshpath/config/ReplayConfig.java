package dev.meshpath.config;

import java.nio.file.Path;

/**
 * What is replayed, and how.
 *
 * @param file a recording
 * @param speed so many times as fast as it was; infinity: as fast as can be
 * @param exitAtEnd whether it ends there, or goes on to serve
 * @param serve what becomes of the events
 */
public record ReplayConfig(Path file, double speed, boolean exitAtEnd, ServeConfig serve) {}
