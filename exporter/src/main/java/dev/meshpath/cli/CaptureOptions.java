package dev.meshpath.cli;

import dev.meshpath.config.Audience;
import dev.meshpath.config.CaptureConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where frames that caused something are kept, and who may have them. */
final class CaptureOptions {
  @Option(
      names = "--capture.file",
      paramLabel = "FILE",
      converter = Converters.NewFile.class,
      description =
          "Keep the frames that caused events in this pcapng file, older ones in FILE.1 to FILE.3.")
  private @Nullable Path file;

  @Option(
      names = "--capture.max-bytes",
      paramLabel = "BYTES",
      defaultValue = "67108864",
      converter = Converters.FileBytes.class,
      description = "So much at most, in all files together. Default: ${DEFAULT-VALUE}")
  private long maxBytes;

  @Option(
      names = "--capture.max-age",
      paramLabel = "DURATION",
      defaultValue = "24h",
      converter = Converters.Age.class,
      description = "Delete what is older. Default: ${DEFAULT-VALUE}")
  private Duration maxAge = Duration.ZERO;

  @Option(
      names = "--capture.all-frames",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description =
          "Keep path selection and peering frames that caused nothing, and sent ones, too. Default:"
              + " ${DEFAULT-VALUE}")
  private boolean allFrames;

  @Option(
      names = "--web.captures-to",
      paramLabel = "loopback|all",
      defaultValue = "loopback",
      converter = Converters.Recipients.class,
      description =
          "Who may have captured frames from /captures: who asks from this machine, or all."
              + " Default: ${DEFAULT-VALUE}")
  private Audience to = Audience.LOOPBACK;

  CaptureConfig config() {
    return new CaptureConfig(file, maxBytes, maxAge, allFrames, to);
  }
}
