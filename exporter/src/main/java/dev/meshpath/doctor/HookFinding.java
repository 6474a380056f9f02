package dev.meshpath.doctor;

/**
 * What became of a hook when it was attached.
 *
 * @param hook its name
 * @param mode as of {@code dev.meshpath.collector.Hook}
 * @param attached whether it could be
 * @param cost what is missing without it; empty if it is attached
 */
public record HookFinding(String hook, String mode, boolean attached, String cost) {}
