package dev.meshpath.config;

/**
 * A value that did not come from the command line.
 *
 * @param value as text
 * @param origin where it stands, for the message if it is wrong: {@code FILE:LINE: KEY} or the name
 *     of an environment variable
 */
public record Setting(String value, String origin) {}
