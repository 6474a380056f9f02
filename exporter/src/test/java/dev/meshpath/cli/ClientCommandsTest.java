package dev.meshpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.config.Selection;
import dev.meshpath.config.WatchConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code watch}, {@code paths}. */
class ClientCommandsTest {
  private static final Selection HERE =
      new Selection(URI.create("http://localhost:10211"), Set.of(), Set.of(), false);

  private final StringWriter err = new StringWriter();
  private final List<WatchConfig> watches = new ArrayList<>();
  private final List<Selection> selections = new ArrayList<>();

  private int execute(String... arguments) {
    return new Commands(
            config -> 1,
            "meshpath 1",
            Map.of(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err))
        .with(
            new WatchCommand(
                Set.of("add", "change", "delete"), config -> watches.add(config) ? 0 : 1))
        .with(new PathsCommand(selection -> selections.add(selection) ? 0 : 1))
        .execute(arguments);
  }

  @Test
  void exporterOfThisMachineIsAsked() {
    assertThat(execute("watch")).isZero();
    assertThat(watches).containsExactly(new WatchConfig(HERE, Set.of(), 10));
    assertThat(execute("paths")).isZero();
    assertThat(selections).containsExactly(HERE);
  }

  @Test
  void everyFlagReachesTheConfiguration() {
    Selection there =
        new Selection(
            URI.create("https://[::1]:1/"),
            Set.of("mesh0", "mesh1"),
            Set.of("02-00-00-00-01-0A"),
            true);
    String[] flags = {
      "--web.url=https://[::1]:1/",
      "--device=mesh0,mesh1",
      "--destination=02:00:00:00:01:0a",
      "--json"
    };
    assertThat(execute("paths", flags[0], flags[1], flags[2], flags[3])).isZero();
    assertThat(selections).containsExactly(there);
    assertThat(
            execute(
                "watch", flags[0], flags[1], flags[2], flags[3], "--event=add,change", "--last=0"))
        .isZero();
    assertThat(watches).containsExactly(new WatchConfig(there, Set.of("add", "change"), 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--event|chnage|no event: write one of add, change, delete.",
        "--last|201|no number from 0 to 200: write one, as 10.",
        "--web.url|localhost|no URL of an exporter: write one, as http://localhost:10211.",
        "--destination|sta2|no MAC address: write one, as 02:00:00:00:01:00.",
        "--device|a/b|no name of a network device: name one as mon0."
      })
  void mistakeIsOneSentence(String flag, String value, String sentence) {
    assertThat(execute("watch", flag + "=" + value)).isEqualTo(2);
    assertThat(err).hasToString("meshpath: " + flag + ": '" + value + "' is " + sentence + "\n");
    assertThat(watches).isEmpty();
  }
}
