package dev.meshpath.cli;

import dev.meshpath.config.ChurnConfig;
import dev.meshpath.failure.Failure;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What counts as a path that flaps. */
final class ChurnOptions {
  @Option(
      names = "--flap.return-window",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = Converters.Time.class,
      description =
          "A next hop that comes back within this has returned. Default: ${DEFAULT-VALUE}")
  private Duration returnWindow = Duration.ZERO;

  @Option(
      names = "--flap.readd-window",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = Converters.Time.class,
      description =
          "A path that was lost and is there again within this has flapped. Default: ${DEFAULT-VALUE}")
  private Duration readdWindow = Duration.ZERO;

  @Option(
      names = "--flap.burst",
      paramLabel = "DURATION",
      defaultValue = "1s",
      converter = Converters.Time.class,
      description =
          "What follows a scored move within this is the same move. Default: ${DEFAULT-VALUE}")
  private Duration burst = Duration.ZERO;

  @Option(
      names = "--flap.half-life",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = Converters.HalfLife.class,
      description = "After this, a penalty is half of what it was. Default: ${DEFAULT-VALUE}")
  private Duration halfLife = Duration.ZERO;

  @Option(
      names = "--flap.change-points",
      paramLabel = "POINTS",
      defaultValue = "1000",
      converter = Converters.Points.class,
      description =
          "Penalty for a change of the next hop, and for a path that was lost and came back. Default: ${DEFAULT-VALUE}")
  private int changePoints;

  @Option(
      names = "--flap.return-points",
      paramLabel = "POINTS",
      defaultValue = "500",
      converter = Converters.Points.class,
      description =
          "Penalty on top of that for a return to the next hop before. Default: ${DEFAULT-VALUE}")
  private int returnPoints;

  @Option(
      names = "--flap.on",
      paramLabel = "POINTS",
      defaultValue = "3000",
      converter = Converters.Points.class,
      description = "From this penalty on, a path is flapping. Default: ${DEFAULT-VALUE}")
  private int flappingFrom;

  @Option(
      names = "--flap.off",
      paramLabel = "POINTS",
      defaultValue = "750",
      converter = Converters.Points.class,
      description = "Below this penalty, it is no longer. Default: ${DEFAULT-VALUE}")
  private int quietBelow;

  @Option(
      names = "--flap.ceiling",
      paramLabel = "POINTS",
      defaultValue = "12000",
      converter = Converters.Points.class,
      description = "A penalty does not go beyond this. Default: ${DEFAULT-VALUE}")
  private int ceiling;

  /**
   * The settings.
   *
   * @throws Failure if the thresholds contradict one another
   */
  ChurnConfig config() {
    try {
      return new ChurnConfig(
          returnWindow,
          readdWindow,
          burst,
          halfLife,
          changePoints,
          returnPoints,
          flappingFrom,
          quietBelow,
          ceiling);
    } catch (IllegalArgumentException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }
}
