package dev.meshpath.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * With which settings of the exporter the doctor looks, and how it tells what it found.
 *
 * @param netns whose devices are watched
 * @param attach by which mechanism kernel functions are watched
 * @param dataPath whether functions that run for each data frame are watched
 * @param btf file with the BTF of the running kernel and mac80211; null: the kernel's own
 * @param json as one line of JSON instead of text
 * @param verbose with a line for each hook
 */
public record DoctorConfig(
    NetnsScope netns,
    AttachMode attach,
    boolean dataPath,
    @Nullable Path btf,
    boolean json,
    boolean verbose) {}
