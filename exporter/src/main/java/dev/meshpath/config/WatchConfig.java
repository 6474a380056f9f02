package dev.meshpath.config;

import java.util.Set;

/**
 * Which events are followed.
 *
 * @param selection of whom, of what, and how they are shown
 * @param events their words; empty: all
 * @param last so many of the past first, 0 to 200
 */
public record WatchConfig(Selection selection, Set<String> events, int last) {}
