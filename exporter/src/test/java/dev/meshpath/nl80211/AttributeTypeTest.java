package dev.meshpath.nl80211;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbers here against those of the kernel's own header. */
class AttributeTypeTest {
  private static final Path HEADER = Path.of("/usr/include/linux/nl80211.h");
  private static final Pattern ENUM = Pattern.compile("enum \\w+ \\{(.*?)}", Pattern.DOTALL);
  private static final Pattern NUMBERED = Pattern.compile("(\\w+)\\s*=\\s*(\\d+)");

  private final Map<String, Integer> header = new HashMap<>();

  @BeforeEach
  void readHeader() throws IOException {
    Assumptions.assumeTrue(
        Files.isReadable(HEADER), "skipped: " + HEADER + " is missing: install linux-libc-dev");
    String text =
        Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL)
            .matcher(Files.readString(HEADER))
            .replaceAll("");
    ENUM.matcher(text).results().forEach(match -> readEnum(match.group(1)));
  }

  @Test
  void attributesHaveTheNumbersOfTheHeader() {
    assertThat(
            Stream.<AttributeType[]>of(
                    AttributeType.Top.values(),
                    AttributeType.MeshPath.values(),
                    AttributeType.Station.values(),
                    AttributeType.Rate.values(),
                    AttributeType.MeshParameter.values())
                .flatMap(Arrays::stream))
        .isNotEmpty()
        .allSatisfy(type -> assertThat(header).containsEntry(type.kernelName(), type.code()));
  }

  @Test
  void commandsHaveTheNumbersOfTheHeader() {
    assertThat(Nl80211Command.values())
        .allSatisfy(
            command -> assertThat(header).containsEntry(command.kernelName(), command.code()));
  }

  @Test
  void peerLinkStatesHaveTheNumbersOfTheHeader() {
    assertThat(PeerLinkState.values())
        .allSatisfy(
            state -> assertThat(header).containsEntry("NL80211_PLINK_" + state, state.code()));
  }

  @Test
  void meshPointHasTheNumberOfTheHeader() {
    assertThat(header).containsEntry("NL80211_IFTYPE_MESH_POINT", KernelMessages.MESH_POINT);
  }

  /** What is no plain number is an alias of something that has one. */
  private void readEnum(String body) {
    int next = 0;
    for (String entry : body.split(",", -1)) {
      Matcher numbered = NUMBERED.matcher(entry);
      if (numbered.find()) {
        next = Integer.parseInt(numbered.group(2));
        header.put(numbered.group(1), next++);
      } else if (!entry.contains("=") && !entry.isBlank()) {
        header.put(entry.strip(), next++);
      }
    }
  }
}
