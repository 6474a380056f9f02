package dev.meshpath.cli;

import dev.meshpath.config.Selection;
import java.net.URI;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which exporter is asked, and what of its answer is shown. */
final class SelectionOptions {
  @Option(
      names = "--web.url",
      paramLabel = "URL",
      defaultValue = "http://localhost:10211",
      converter = Converters.ServerUrl.class,
      description = "Where the exporter serves. Default: ${DEFAULT-VALUE}")
  private URI url = URI.create("http://localhost:10211");

  @Option(
      names = "--device",
      paramLabel = "NAME",
      split = ",",
      converter = Converters.Device.class,
      description = "Of this device only; also several.")
  private List<String> devices = List.of();

  @Option(
      names = "--destination",
      paramLabel = "ADDRESS",
      split = ",",
      converter = Converters.Station.class,
      description = "Of paths to this MAC address only; also several.")
  private List<String> destinations = List.of();

  @Option(
      names = "--json",
      description = "A JSON object a line; its keys are the names of span attributes.")
  private boolean json;

  Selection config() {
    return new Selection(url, Set.copyOf(devices), Set.copyOf(destinations), json);
  }
}
