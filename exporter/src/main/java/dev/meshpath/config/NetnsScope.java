package dev.meshpath.config;

/** Whose devices are watched. */
public enum NetnsScope {
  /** Those of the exporter's own network namespace. */
  OWN,
  /** Those of all; series then have a label {@code netns}. */
  ALL
}
