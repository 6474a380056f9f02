package dev.meshpath.config;

import java.nio.file.Path;

/**
 * What is decoded, and how it is told.
 *
 * @param file a capture
 * @param json as lines of JSON instead of text
 */
public record DecodeConfig(Path file, boolean json) {}
