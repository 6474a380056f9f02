package dev.meshpath.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.config.LogFormat;
import dev.meshpath.config.LogLevel;
import dev.meshpath.frame.Body;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.PayloadDecoder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class LoggingTest {
  private static final Logger logger = LoggerFactory.getLogger("dev.meshpath.Something");

  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(standardError);
    Logging.apply(LogLevel.WARN, LogFormat.TEXT);
  }

  @Test
  void textIsOneLineForPeople() {
    Logging.apply(LogLevel.INFO, LogFormat.TEXT);
    logger.info("hello {}", "mesh");
    assertThat(lines())
        .singleElement()
        .asString()
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INFO "
                + " Something: hello mesh");
  }

  /** An IPv4 header whose options would end before they begin. */
  @Test
  void bytesOfAHostilePacketDoNotGetIntoTheLog() {
    Logging.apply(LogLevel.DEBUG, LogFormat.TEXT);
    byte[] packet = new byte[34];
    packet[12] = 0x08; // EtherType IPv4
    packet[14] = 0x4f;
    FrameSnapshot frame = new FrameSnapshot(FrameSnapshot.Form.ETHERNET, packet.length, packet);
    Body.Data data = (Body.Data) frame.decode().body();
    assertThat(PayloadDecoder.decode(packet, 0, data)).isNotNull();
    LoggerFactory.getLogger("org.pcap4j.packet.IpV4Packet").error("0a0b0003");
    assertThat(lines()).isEmpty();
  }

  @Test
  void jsonIsOneObjectALine() {
    Logging.apply(LogLevel.INFO, LogFormat.JSON);
    logger.info("hello \"{}\"", "mesh\n");
    logger.warn("bye");
    assertThat(lines()).hasSize(2);
    assertThat(json(lines().getFirst()))
        .containsEntry("level", "INFO")
        .containsEntry("loggerName", "dev.meshpath.Something")
        .containsEntry("formattedMessage", "hello \"mesh\n\"")
        .containsKey("timestamp");
    assertThat(json(lines().getLast()))
        .containsEntry("level", "WARN")
        .containsEntry("formattedMessage", "bye");
  }

  @Test
  void jsonHasExceptionsOnTheSameLine() {
    Logging.apply(LogLevel.INFO, LogFormat.JSON);
    logger.error("oh", new IllegalStateException("made up"));
    assertThat(lines()).hasSize(1);
    assertThat(json(lines().getFirst()).get("throwable"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("message", "made up");
  }

  @Test
  void levelLeavesOutWhatIsLessImportant() {
    Logging.apply(LogLevel.WARN, LogFormat.TEXT);
    logger.debug("1");
    logger.info("2");
    logger.warn("3");
    logger.error("4");
    assertThat(lines()).hasSize(2);
    assertThat(lines().getFirst()).endsWith("WARN  Something: 3");
    assertThat(lines().getLast()).endsWith("ERROR Something: 4");
  }

  @Test
  void debugShowsAll() {
    Logging.apply(LogLevel.DEBUG, LogFormat.TEXT);
    logger.debug("1");
    logger.trace("0");
    assertThat(lines()).singleElement().asString().endsWith("DEBUG Something: 1");
  }

  @Test
  void librariesAreQuiet() {
    Logging.apply(LogLevel.DEBUG, LogFormat.TEXT);
    LoggerFactory.getLogger("io.javalin.Javalin").error("1");
    LoggerFactory.getLogger("org.eclipse.jetty.server.Server").info("2");
    assertThat(lines()).isEmpty();
  }

  @Test
  void secondApplyReplacesTheFirst() {
    Logging.apply(LogLevel.INFO, LogFormat.JSON);
    Logging.apply(LogLevel.INFO, LogFormat.TEXT);
    logger.info("once");
    assertThat(lines()).singleElement().asString().endsWith("Something: once");
  }

  private List<String> lines() {
    return log.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** JSON is YAML, for which there is a parser at hand. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(String line) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(line);
  }
}
