package dev.meshpath.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  private static final Set<String> KNOWN = Set.of("log.level", "log.format", "web.listen-address");

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = directory.resolve("meshpath.yaml");
  }

  @Test
  void readsNestedKeys() {
    assertThat(
            read(
                """
                web:
                  listen-address: ":9"
                log:
                  level: debug
                  format: json
                """))
        .isEqualTo(
            Map.of(
                "web.listen-address", new Setting(":9", file + ":2: web.listen-address"),
                "log.level", new Setting("debug", file + ":4: log.level"),
                "log.format", new Setting("json", file + ":5: log.format")));
  }

  @Test
  void readsDottedKeys() {
    assertThat(read("# a comment\n\nlog.level: debug\n"))
        .isEqualTo(Map.of("log.level", new Setting("debug", file + ":3: log.level")));
  }

  @Test
  void valuesStayTheTextThatTheyAre() {
    assertThat(read("log.level: 0x10\nlog.format: yes\nweb.listen-address: 010\n"))
        .extractingFromEntries(entry -> entry.getValue().value())
        .containsExactlyInAnyOrder("0x10", "yes", "010");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing\n", "---\n", "{}"})
  void emptyFileSaysNothing(String text) {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void unknownKeyIsNamedWithItsLine() {
    assertFailure(
        "log:\n  level: debug\n  lvl: debug\n",
        ":3: unknown key log.lvl: known are log.format, log.level, web.listen-address.");
  }

  @Test
  void listIsNoValue() {
    assertFailure(
        "log.level:\n  - debug\n  - info\n", ":2: log.level must be one value, not a list.");
  }

  @Test
  void keySetTwiceIsNamedAtItsSecondLine() {
    assertFailure(
        "log.level: debug\nlog.level: info\n", ":2: log.level is set twice: keep one of them.");
  }

  @Test
  void keySetInBothFormsIsSetTwice() {
    assertFailure(
        "log.level: debug\nlog:\n  level: info\n", ":3: log.level is set twice: keep one of them.");
  }

  @Test
  void textAloneIsNoSetting() {
    assertFailure("debug\n", ":1: 'debug' is no 'key: value'.");
  }

  @Test
  void keyThatIsNoNameIsRefused() {
    assertFailure("[a, b]: debug\n", ":1: a key must be a name.");
  }

  @Test
  void brokenYamlIsNamedWithItsLine() {
    assertFailure(
        "log.level: debug\nlog.format: \"json\nweb: 1\n",
        ":2: not YAML: found unexpected end of stream.");
  }

  @Test
  void wrongIndentationIsNamedWithItsLine() {
    write("log:\n  level: debug\n format: json\n");
    assertThatThrownBy(() -> ConfigFile.read(file, KNOWN))
        .isInstanceOf(Failure.class)
        .hasMessageMatching(Pattern.quote(file + ":") + "[123]: not YAML: .*\\.");
  }

  @Test
  void secondDocumentIsRefused() {
    write("log.level: debug\n---\nlog.level: info\n");
    assertThatThrownBy(() -> ConfigFile.read(file, KNOWN))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageContaining("not YAML: ");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> ConfigFile.read(file, KNOWN))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "cannot read the configuration file "
                + file
                + " (it does not exist): name another with --config.file.");
  }

  @Test
  void directoryIsNoFile() {
    assertThatThrownBy(() -> ConfigFile.read(directory, KNOWN))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "cannot read the configuration file "
                + directory
                + " (Is a directory): name another with --config.file.");
  }

  @Test
  void binaryFileIsNoText() throws IOException {
    Files.write(file, new byte[] {'l', 'o', 'g', ':', ' ', (byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> ConfigFile.read(file, KNOWN))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "cannot read the configuration file "
                + file
                + " (it is not UTF-8 text): name another with --config.file.");
  }

  @Test
  void aliasOfItselfIsRefused() {
    write("log: &self\n  level: *self\n");
    assertThatThrownBy(() -> ConfigFile.read(file, KNOWN)).isInstanceOf(Failure.class);
  }

  private Map<String, Setting> read(String text) {
    write(text);
    return ConfigFile.read(file, KNOWN);
  }

  private void assertFailure(String text, String message) {
    write(text);
    assertThatThrownBy(() -> ConfigFile.read(file, KNOWN))
        .isInstanceOf(Failure.class)
        .hasMessage(file + message);
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
