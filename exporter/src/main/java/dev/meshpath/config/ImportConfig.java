package dev.meshpath.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is imported.
 *
 * @param events the event file of one station
 * @param capture beside it; null: there is none
 * @param output the recording
 * @param meshId of the mesh; empty: not known
 */
public record ImportConfig(Path events, @Nullable Path capture, Path output, String meshId) {}
