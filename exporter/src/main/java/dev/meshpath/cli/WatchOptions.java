package dev.meshpath.cli;

import dev.meshpath.config.AttachMode;
import dev.meshpath.config.NetnsScope;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the kernel is watched: the same for whoever watches and for whoever says whether one can. */
final class WatchOptions {
  @SuppressWarnings("UnusedVariable") // Commands reads it first: it has the defaults of the others
  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      description = "YAML file with further settings.")
  private @Nullable Path configFile;

  @Option(
      names = "--netns",
      paramLabel = "own|all",
      defaultValue = "own",
      converter = Converters.Scope.class,
      description =
          "Watch devices of the exporter's own network namespace, or of all. Default:"
              + " ${DEFAULT-VALUE}")
  private NetnsScope netns = NetnsScope.OWN;

  @Option(
      names = "--collector.mesh_path.data-path",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Watch functions that run for each data frame, too: the causes data_tx and data_rx need"
              + " them. Default: ${DEFAULT-VALUE}")
  private boolean dataPath;

  @Option(
      names = "--attach",
      paramLabel = "auto|fentry|kprobe|poll",
      defaultValue = "auto",
      converter = Converters.Attach.class,
      description =
          "How to watch kernel functions: the best way that each one allows, or only this one."
              + " Default: ${DEFAULT-VALUE}")
  private AttachMode attach = AttachMode.AUTO;

  @Option(
      names = "--btf",
      paramLabel = "FILE",
      converter = Converters.BtfFile.class,
      description =
          "BTF of exactly the running kernel and its mac80211, for kernels that do not carry it.")
  private @Nullable Path btf;

  NetnsScope netns() {
    return netns;
  }

  boolean dataPath() {
    return dataPath;
  }

  AttachMode attach() {
    return attach;
  }

  @Nullable Path btf() {
    return btf;
  }
}
