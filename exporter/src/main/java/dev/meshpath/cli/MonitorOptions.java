package dev.meshpath.cli;

import dev.meshpath.config.MonitorConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who hears the air. */
final class MonitorOptions {
  @Option(
      names = "--monitor",
      paramLabel = "DEVICE",
      converter = Converters.Device.class,
      description =
          "An interface of type monitor, whose radio tells signal, rate and channel of received path"
              + " selection and peering frames. Needs libpcap.")
  private @Nullable String device;

  @Option(
      names = "--monitor.window",
      paramLabel = "DURATION",
      defaultValue = "1s",
      converter = Converters.Time.class,
      description =
          "How long a received frame waits to be heard, and all that happened after it. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration window = Duration.ZERO;

  MonitorConfig config() {
    return new MonitorConfig(device, window);
  }
}
