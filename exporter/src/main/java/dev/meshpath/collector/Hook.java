package dev.meshpath.collector;

/**
 * A place in the kernel that a collector watches.
 *
 * @param name of the program, as {@code mesh_path_add_exit}, or of the interface that is asked
 * @param mode how it is attached: {@code fentry} (fexit included), {@code kprobe} (kretprobe
 *     included), {@code tracepoint}; {@code poll} for what is asked at each scrape; {@code none}
 * @param attached whether it is
 */
public record Hook(String name, String mode, boolean attached) {}
