package dev.meshpath.cli;

import dev.meshpath.config.Selection;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code meshpath paths}: the paths of a running exporter, once. */
@Command(
    name = "paths",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Shows the mesh paths that the exporter on this machine knows, one a line, with what"
            + " happened to them.",
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {"0:that is all", "1:no exporter answers", "2:the command line cannot be"})
public final class PathsCommand implements Callable<Integer> {
  private final ToIntFunction<Selection> paths;

  @Mixin private final SelectionOptions selection = new SelectionOptions();

  /**
   * @param paths shows them, and returns the exit code
   */
  public PathsCommand(ToIntFunction<Selection> paths) {
    this.paths = paths;
  }

  @Override
  public Integer call() {
    return paths.applyAsInt(selection.config());
  }
}
