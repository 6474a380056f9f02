package dev.meshpath.cli;

import dev.meshpath.config.WatchConfig;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code meshpath watch}: the events of a running exporter, as they come. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Shows the events of the exporter that runs on this machine, one a line, live.",
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:nobody reads the lines any more",
      "1:no exporter answers, or it went away",
      "2:the command line cannot be"
    })
public final class WatchCommand implements Callable<Integer> {
  private static final String EVENT = "--event";

  private final ToIntFunction<WatchConfig> watch;
  private final Set<String> words;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final SelectionOptions selection = new SelectionOptions();

  @Option(
      names = EVENT,
      paramLabel = "WORD",
      split = ",",
      description = "Events of this kind only, as change; also several.")
  private List<String> events = List.of();

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "10",
      converter = Converters.Past.class,
      description = "So many events of the past first, 200 at most. Default: ${DEFAULT-VALUE}")
  private int last;

  /**
   * @param words what events can be
   * @param watch shows them until the exporter is gone, and returns the exit code
   */
  public WatchCommand(Set<String> words, ToIntFunction<WatchConfig> watch) {
    this.words = new TreeSet<>(words);
    this.watch = watch;
  }

  @Override
  public Integer call() {
    for (String event : events) {
      if (!words.contains(event)) {
        throw new ParameterException(
            spec.commandLine(),
            "'" + event + "' is no event: write one of " + String.join(", ", words),
            spec.findOption(EVENT),
            event);
      }
    }
    return watch.applyAsInt(new WatchConfig(selection.config(), Set.copyOf(events), last));
  }
}
