package dev.meshpath.cli;

import dev.meshpath.config.ImportConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meshpath import}: a recording of another tool's files. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Makes a recording of the event file and the capture of a station of mesh_analyzer (actions"
            + " TX_ADD to KR_EXP), for meshpath replay.")
public final class ImportCommand implements Callable<Integer> {
  private final ToIntFunction<ImportConfig> importer;

  @Parameters(index = "0", paramLabel = "EVENTS.json", description = "The events of a station.")
  private Path events = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CAPTURE.pcap",
      description = "The frames of the same station.")
  private @Nullable Path capture;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      converter = Converters.NewFile.class,
      description = "The recording, a new file.")
  private Path output = Path.of("");

  @Option(
      names = "--mesh-id",
      defaultValue = "",
      paramLabel = "ID",
      converter = Converters.MeshIdText.class,
      description = "The mesh, which the files do not name; trace ids are made of it.")
  private String meshId = "";

  /**
   * @param importer imports, and returns the exit code
   */
  public ImportCommand(ToIntFunction<ImportConfig> importer) {
    this.importer = importer;
  }

  @Override
  public Integer call() {
    return importer.applyAsInt(new ImportConfig(events, capture, output, meshId));
  }
}
