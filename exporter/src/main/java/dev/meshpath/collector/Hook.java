package dev.meshpath.collector;

/**
 * A place in the kernel that a collector watches.
 *
 * @param name of the program, as {@code mesh_path_add_exit}
 * @param mode how it is attached, or would be: {@code fentry} (fexit included)
 * @param attached whether it is
 */
public record Hook(String name, String mode, boolean attached) {}
