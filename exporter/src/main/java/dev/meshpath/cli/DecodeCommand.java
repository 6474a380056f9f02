package dev.meshpath.cli;

import dev.meshpath.config.DecodeConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meshpath decode FILE}: the HWMP and peering elements of a capture. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Prints every HWMP and peering element of a capture, one a line.",
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:the whole capture was read",
      "1:it could not be read, or ends within a record: the lines before are there",
      "2:the command line cannot be"
    })
public final class DecodeCommand implements Callable<Integer> {
  private final ToIntFunction<DecodeConfig> decoder;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description =
          "A pcap or pcapng file of 802.11 frames: plain or with radiotap, PPI, AVS, Prism.")
  private Path file = Path.of("");

  @Option(
      names = "--json",
      description = "A JSON object a line; its keys are the names of span attributes.")
  private boolean json;

  /**
   * @param decoder decodes and prints, and returns the exit code
   */
  public DecodeCommand(ToIntFunction<DecodeConfig> decoder) {
    this.decoder = decoder;
  }

  @Override
  public Integer call() {
    return decoder.applyAsInt(new DecodeConfig(file, json));
  }
}
