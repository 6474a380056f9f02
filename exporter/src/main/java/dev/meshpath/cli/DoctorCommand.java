package dev.meshpath.cli;

import dev.meshpath.config.DoctorConfig;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meshpath doctor}: says what this machine lacks. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description =
        "Says what this machine lets the exporter do, what each lack costs and what to do about"
            + " it.",
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:nothing is missing",
      "1:the exporter works, with less",
      "2:the exporter cannot work"
    })
public final class DoctorCommand implements Callable<Integer> {
  private final ToIntFunction<DoctorConfig> doctor;

  @Mixin private final WatchOptions watch = new WatchOptions();

  @Option(names = "--json", description = "One line of JSON instead of text, with every hook.")
  private boolean json;

  @Option(names = "--verbose", description = "A line for each hook.")
  private boolean verbose;

  /**
   * @param doctor tells what it found, and returns the exit code
   */
  public DoctorCommand(ToIntFunction<DoctorConfig> doctor) {
    this.doctor = doctor;
  }

  @Override
  public Integer call() {
    return doctor.applyAsInt(
        new DoctorConfig(
            watch.netns(), watch.attach(), watch.dataPath(), watch.btf(), json, verbose));
  }
}
