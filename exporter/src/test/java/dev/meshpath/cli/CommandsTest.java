package dev.meshpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.config.AttachMode;
import dev.meshpath.config.Audience;
import dev.meshpath.config.CaptureConfig;
import dev.meshpath.config.ChurnConfig;
import dev.meshpath.config.ExporterConfig;
import dev.meshpath.config.ListenAddress;
import dev.meshpath.config.LogFormat;
import dev.meshpath.config.LogLevel;
import dev.meshpath.config.MonitorConfig;
import dev.meshpath.config.NetnsScope;
import dev.meshpath.config.OtlpConfig;
import dev.meshpath.config.OtlpProtocol;
import dev.meshpath.config.RecordConfig;
import dev.meshpath.config.RingSize;
import dev.meshpath.config.ServeConfig;
import dev.meshpath.config.SnapLengths;
import dev.meshpath.failure.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final ExporterConfig DEFAULTS =
      new ExporterConfig(
          new ServeConfig(
              new ListenAddress("", 10211),
              Audience.LOOPBACK,
              LogLevel.INFO,
              LogFormat.TEXT,
              256,
              Duration.ofMinutes(5),
              ChurnConfig.DEFAULT,
              null,
              OtlpConfig.NONE,
              CaptureConfig.NONE),
          NetnsScope.OWN,
          true,
          true,
          false,
          new RingSize(8388608),
          AttachMode.AUTO,
          true,
          null,
          Duration.ofMinutes(1),
          64,
          SnapLengths.DEFAULT,
          RecordConfig.NONE,
          MonitorConfig.NONE);

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final List<ExporterConfig> configs = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private int exporterReturns;

  @Test
  void withoutArgumentsTheDefaultsHold() {
    assertThat(config()).isEqualTo(DEFAULTS);
  }

  @Test
  void exporterIsTheCommandThatRunsWithoutName() {
    assertThat(config("exporter")).isEqualTo(DEFAULTS);
  }

  @Test
  void flagBeforeTheCommandIsNotDroppedSilently() {
    assertUsage(
        "--log.level stands before exporter: write it behind.", "--log.level=debug", "exporter");
  }

  @Test
  void everyFlagReachesTheConfiguration() {
    Path btf = file("vmlinux", "BTF");
    assertThat(
            config(
                "exporter",
                "--web.listen-address=127.0.0.1:1",
                "--netns=all",
                "--no-collector.mesh_path",
                "--no-collector.peer_link",
                "--collector.kernel_changes",
                "--peer.limit=20",
                "--path.destinations=10",
                "--path.retention=1h",
                "--ring.bytes=65536",
                "--attach=kprobe",
                "--no-collector.mesh_path.data-path",
                "--collector.mesh_path.frame-bytes=100",
                "--collector.mesh_path.data-frame-bytes=90",
                "--otlp.endpoint=http://c:4318",
                "--otlp.protocol=http",
                "--otlp.queue-items=100",
                "--otlp.metrics-interval=30s",
                "--traces.file=" + directory.resolve("t"),
                "--traces.refreshes-per-span=10",
                "--logs.file=" + directory.resolve("l"),
                "--capture.file=" + directory.resolve("c"),
                "--capture.max-bytes=1000000",
                "--capture.max-age=1h",
                "--capture.all-frames",
                "--web.captures-to=all",
                "--web.events-to=all",
                "--monitor=mon0",
                "--monitor.window=5s",
                "--btf=" + btf,
                "--reconcile.interval=10s",
                "--log.level=debug",
                "--log.format=json"))
        .isEqualTo(ofAll(btf));
  }

  @Test
  void everyVariableReachesTheConfiguration() {
    Path btf = file("vmlinux", "BTF");
    environment.putAll(
        Map.of(
            "MESHPATH_ATTACH", "kprobe",
            "MESHPATH_COLLECTOR_MESH_PATH_FRAME_BYTES", "100",
            "MESHPATH_COLLECTOR_MESH_PATH_DATA_FRAME_BYTES", "90",
            "MESHPATH_COLLECTOR_MESH_PATH_DATA_PATH", "false",
            "MESHPATH_BTF", btf.toString(),
            "MESHPATH_RECONCILE_INTERVAL", "10s"));
    environment.putAll(
        Map.of(
            "MESHPATH_OTLP_ENDPOINT", "http://c:4318",
            "MESHPATH_OTLP_PROTOCOL", "http",
            "MESHPATH_OTLP_QUEUE_ITEMS", "100",
            "MESHPATH_OTLP_METRICS_INTERVAL", "30s",
            "MESHPATH_TRACES_FILE", directory.resolve("t").toString(),
            "MESHPATH_TRACES_REFRESHES_PER_SPAN", "10",
            "MESHPATH_LOGS_FILE", directory.resolve("l").toString()));
    environment.putAll(
        Map.of(
            "MESHPATH_COLLECTOR_KERNEL_CHANGES", "true",
            "MESHPATH_MONITOR", "mon0",
            "MESHPATH_MONITOR_WINDOW", "5s",
            "MESHPATH_CAPTURE_FILE", directory.resolve("c").toString(),
            "MESHPATH_CAPTURE_MAX_BYTES", "1000000",
            "MESHPATH_CAPTURE_MAX_AGE", "1h",
            "MESHPATH_CAPTURE_ALL_FRAMES", "true",
            "MESHPATH_WEB_CAPTURES_TO", "all",
            "MESHPATH_WEB_EVENTS_TO", "all"));
    environment.putAll(
        Map.of(
            "MESHPATH_WEB_LISTEN_ADDRESS", "127.0.0.1:1",
            "MESHPATH_NETNS", "all",
            "MESHPATH_COLLECTOR_MESH_PATH", "false",
            "MESHPATH_COLLECTOR_PEER_LINK", "false",
            "MESHPATH_PATH_DESTINATIONS", "10",
            "MESHPATH_PATH_RETENTION", "1h",
            "MESHPATH_PEER_LIMIT", "20",
            "MESHPATH_RING_BYTES", "65536",
            "MESHPATH_LOG_LEVEL", "debug",
            "MESHPATH_LOG_FORMAT", "json"));
    assertThat(config()).isEqualTo(ofAll(btf));
  }

  /** What those say of which nothing is the default. */
  private ExporterConfig ofAll(Path btf) {
    return new ExporterConfig(
        new ServeConfig(
            new ListenAddress("127.0.0.1", 1),
            Audience.ALL,
            LogLevel.DEBUG,
            LogFormat.JSON,
            10,
            Duration.ofHours(1),
            ChurnConfig.DEFAULT,
            null,
            otlp(),
            capture()),
        NetnsScope.ALL,
        false,
        false,
        true,
        new RingSize(65536),
        AttachMode.KPROBE,
        false,
        btf,
        Duration.ofSeconds(10),
        20,
        new SnapLengths(100, 90),
        RecordConfig.NONE,
        new MonitorConfig("mon0", Duration.ofSeconds(5)));
  }

  private CaptureConfig capture() {
    return new CaptureConfig(
        directory.resolve("c"), 1_000_000, Duration.ofHours(1), true, Audience.ALL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--capture.max-bytes|1000|no number of bytes from 262144 to 1099511627776: write one, as"
            + " 67108864.",
        "--capture.max-age|10ms|too short: write 1s or more, as 24h.",
        "--otlp.metrics-interval|0s|too short: write 1s or more, as 60s.",
        "--web.captures-to|me|not possible: write loopback or all."
      })
  void capturesHaveBounds(String flag, String value, String sentence) {
    assertUsage(flag + ": '" + value + "' is " + sentence, flag + "=" + value);
  }

  private OtlpConfig otlp() {
    return new OtlpConfig(
        "http://c:4318",
        OtlpProtocol.HTTP,
        directory.resolve("t"),
        directory.resolve("l"),
        100,
        10,
        Duration.ofSeconds(30));
  }

  @Test
  void everyKeyReachesTheConfiguration() {
    Path btf = file("vmlinux", "BTF");
    Path file =
        file(
            """
            web:
              listen-address: 127.0.0.1:1
              captures-to: all
              events-to: all
            capture:
              max-bytes: 1000000
              max-age: 1h
              all-frames: true
            netns: all
            collector:
              mesh_path: false
              mesh_path.data-path: false
              mesh_path.frame-bytes: 100
              mesh_path.data-frame-bytes: 90
              peer_link: false
              kernel_changes: true
            attach: kprobe
            reconcile.interval: 10s
            otlp:
              endpoint: http://c:4318
              protocol: http
              queue-items: 100
              metrics-interval: 30s
            traces.refreshes-per-span: 10
            peer.limit: 20
            path:
              destinations: 10
              retention: 1h
            ring.bytes: 65536
            log:
              level: debug
              format: json
            """
                + "btf: "
                + btf
                + "\ntraces.file: "
                + directory.resolve("t")
                + "\nlogs.file: "
                + directory.resolve("l")
                + "\ncapture.file: "
                + directory.resolve("c")
                + "\nmonitor: mon0\nmonitor.window: 5s\n");
    assertThat(config("--config.file", file.toString())).isEqualTo(ofAll(btf));
  }

  @Test
  void flagWinsOverVariable() {
    environment.put("MESHPATH_LOG_LEVEL", "debug");
    assertThat(config("--log.level=error").serve().logLevel()).isEqualTo(LogLevel.ERROR);
  }

  @Test
  void flagWinsOverVariableThatIsWrong() {
    environment.put("MESHPATH_LOG_LEVEL", "loud");
    assertThat(config("--log.level=error").serve().logLevel()).isEqualTo(LogLevel.ERROR);
  }

  @Test
  void flagWinsOverFile() {
    Path file = file("log.level: debug\n");
    assertThat(config("--config.file=" + file, "--log.level=error").serve().logLevel())
        .isEqualTo(LogLevel.ERROR);
  }

  @Test
  void variableWinsOverFile() {
    environment.put("MESHPATH_LOG_LEVEL", "warn");
    Path file = file("log.level: debug\n");
    assertThat(config("--config.file=" + file).serve().logLevel()).isEqualTo(LogLevel.WARN);
  }

  @Test
  void fileWinsOverDefault() {
    Path file = file("log.level: debug\n");
    assertThat(config("exporter", "--config.file=" + file).serve().logLevel())
        .isEqualTo(LogLevel.DEBUG);
  }

  @Test
  void fileMayBeNamedByVariable() {
    environment.put("MESHPATH_CONFIG_FILE", file("log.level: debug\n").toString());
    assertThat(config().serve().logLevel()).isEqualTo(LogLevel.DEBUG);
  }

  @Test
  void flagNamesAnotherFileThanTheVariable() {
    environment.put("MESHPATH_CONFIG_FILE", directory.resolve("missing").toString());
    Path file = file("log.level: debug\n");
    assertThat(config("--config.file", file.toString()).serve().logLevel())
        .isEqualTo(LogLevel.DEBUG);
  }

  @ParameterizedTest
  @CsvSource({
    "--collector.mesh_path, true",
    "--no-collector.mesh_path, false",
    "--collector.mesh_path=true, true",
    "--collector.mesh_path=false, false"
  })
  void collectorIsSwitchedByItsFlag(String flag, boolean on) {
    assertThat(config(flag).meshPath()).isEqualTo(on);
  }

  @ParameterizedTest
  @CsvSource({"auto, AUTO", "fentry, FENTRY", "kprobe, KPROBE", "poll, POLL"})
  void attachTakesEachMode(String word, AttachMode mode) {
    assertThat(config("--attach", word).attach()).isEqualTo(mode);
  }

  @ParameterizedTest
  @CsvSource({
    "--collector.mesh_path.data-path, true",
    "--no-collector.mesh_path.data-path, false",
    "--collector.mesh_path.data-path=false, false"
  })
  void dataPathIsSwitchedByItsFlag(String flag, boolean on) {
    ExporterConfig config = config(flag);
    assertThat(config.dataPath()).isEqualTo(on);
    assertThat(config.meshPath()).isTrue();
  }

  @Test
  void btfFileIsNamedFromTheRoot() {
    Path file = Path.of("pom.xml");
    assertThat(config("--btf", file.toString()).btf()).isEqualTo(file.toAbsolutePath());
  }

  @Test
  void wrongAttachModeOfVariableIsNamed() {
    environment.put("MESHPATH_ATTACH", "perf");
    assertUsage("MESHPATH_ATTACH: 'perf' is not possible: write auto or fentry or kprobe or poll.");
  }

  @Test
  void wrongBtfInFileIsNamedWithItsLine() {
    Path file = file("netns: own\nbtf: /missing\n");
    assertUsage(
        file
            + ":2: btf: '/missing' is no file that can be read: name a BTF file, as pahole writes"
            + " it.",
        "--config.file=" + file);
  }

  @Test
  void collectorFlagWinsOverFile() {
    Path file = file("collector.mesh_path: false\n");
    assertThat(config("--config.file=" + file, "--collector.mesh_path").meshPath()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--web.listen-address=nowhere | --web.listen-address: 'nowhere' is no address: write"
            + " HOST:PORT or :PORT, as :10211.",
        "--netns=some | --netns: 'some' is not possible: write own or all.",
        "--path.destinations=many | --path.destinations: 'many' is no number from 0 to 1024: write"
            + " one, as 256.",
        "--path.destinations=1025 | --path.destinations: '1025' is no number from 0 to 1024: write"
            + " one, as 256.",
        "--path.retention=long | --path.retention: 'long' is no duration: write a number and ms, s,"
            + " m, h or d, as 5m.",
        "--collector.mesh_path.frame-bytes=27 | --collector.mesh_path.frame-bytes: '27' is no"
            + " number from 28 to 288: write one, as 288.",
        "--collector.mesh_path.data-frame-bytes=97 | --collector.mesh_path.data-frame-bytes: '97'"
            + " is no number from 0 to 96: write one, as 96.",
        "--peer.limit=-1 | --peer.limit: '-1' is no number from 0 to 1024: write one, as 256.",
        "--otlp.endpoint=collector:4317 | --otlp.endpoint: 'collector:4317' is no URL of a collector:"
            + " write one, as http://localhost:4317.",
        "--otlp.protocol=tcp | --otlp.protocol: 'tcp' is not possible: write grpc or http.",
        "--otlp.queue-items=1 | --otlp.queue-items: '1' is no number from 64 to 1048576: write one,"
            + " as 32768.",
        "--traces.refreshes-per-span=0 | --traces.refreshes-per-span: '0' is no number from 1 to"
            + " 1000000: write one, as 100.",
        "--traces.file=/missing/t | --traces.file: '/missing/t' is no file that can be written: name"
            + " one in a directory that exists.",
        "--logs.file=/ | --logs.file: '/' is no file that can be written: name one in a directory"
            + " that exists.",
        "--ring.bytes=7 | --ring.bytes: '7' is no ring size: write a power of two from 65536 to"
            + " 1073741824 bytes.",
        "--monitor=/dev/mon0 | --monitor: '/dev/mon0' is no name of a network device: name one as"
            + " mon0.",
        "--monitor=a_device_too_long | --monitor: 'a_device_too_long' is no name of a network device:"
            + " name one as mon0.",
        "--attach=perf | --attach: 'perf' is not possible: write auto or fentry or kprobe or poll.",
        "--attach=AUTO | --attach: 'AUTO' is not possible: write auto or fentry or kprobe or poll.",
        "--btf=/missing | --btf: '/missing' is no file that can be read: name a BTF file, as pahole"
            + " writes it.",
        "--btf=/ | --btf: '/' is no file that can be read: name a BTF file, as pahole writes it.",
        "--reconcile.interval=often | --reconcile.interval: 'often' is no duration: write a number"
            + " and ms, s, m, h or d, as 5m.",
        "--log.level=loud | --log.level: 'loud' is not possible: write debug or info or warn or"
            + " error.",
        "--log.level=DEBUG | --log.level: 'DEBUG' is not possible: write debug or info or warn or"
            + " error.",
        "--log.format=xml | --log.format: 'xml' is not possible: write text or json."
      })
  void wrongFlagIsNamed(String flag, String sentence) {
    assertUsage(sentence, flag);
  }

  @Test
  void wrongFlagOfSubcommandIsNamed() {
    assertUsage("--netns: 'some' is not possible: write own or all.", "exporter", "--netns=some");
  }

  @Test
  void wrongVariableIsNamed() {
    environment.put("MESHPATH_RING_BYTES", "7");
    assertUsage(
        "MESHPATH_RING_BYTES: '7' is no ring size: write a power of two from 65536 to 1073741824"
            + " bytes.");
  }

  @Test
  void wrongVariableIsNamedBySubcommand() {
    environment.put("MESHPATH_RING_BYTES", "7");
    assertUsage(
        "MESHPATH_RING_BYTES: '7' is no ring size: write a power of two from 65536 to 1073741824"
            + " bytes.",
        "exporter");
  }

  @Test
  void wrongValueInFileIsNamedWithItsLine() {
    Path file = file("log:\n  level: loud\n");
    assertUsage(
        file + ":2: log.level: 'loud' is not possible: write debug or info or warn or error.",
        "--config.file=" + file);
  }

  @Test
  void wrongFlagIsNamedThoughTheFileHasTheKey() {
    Path file = file("log.level: debug\n");
    assertUsage(
        "--log.level: 'loud' is not possible: write debug or info or warn or error.",
        "--config.file=" + file,
        "--log.level=loud");
  }

  @Test
  void unknownKeyInFileIsNamedWithItsLine() {
    Path file = file("log.level: debug\nlog.colour: red\n");
    assertUsage(
        file
            + ":2: unknown key log.colour: known are attach, btf, capture.all-frames, capture.file,"
            + " capture.max-age, capture.max-bytes, collector.kernel_changes,"
            + " collector.mesh_path, collector.mesh_path.data-frame-bytes, collector.mesh_path.data-path,"
            + " collector.mesh_path.frame-bytes, collector.peer_link, flap.burst,"
            + " flap.ceiling, flap.change-points, flap.half-life, flap.off, flap.on,"
            + " flap.readd-window, flap.return-points, flap.return-window, log.format, log.level,"
            + " logs.file, metrics.file, monitor, monitor.window, netns, otlp.endpoint,"
            + " otlp.metrics-interval, otlp.protocol, otlp.queue-items, path.destinations,"
            + " path.retention, peer.limit, reconcile.interval, record.file, record.max-bytes,"
            + " ring.bytes,"
            + " traces.file, traces.refreshes-per-span, web.captures-to,"
            + " web.events-to, web.listen-address.",
        "--config.file=" + file);
  }

  @Test
  void fileCannotNameAnother() {
    Path file = file("config.file: other.yaml\n");
    assertThat(execute("--config.file=" + file)).isEqualTo(2);
    assertThat(err.toString()).startsWith("meshpath: " + file + ":1: unknown key config.file: ");
  }

  @Test
  void missingFileIsNamed() {
    assertUsage(
        "cannot read the configuration file /missing.yaml (it does not exist): name another with"
            + " --config.file.",
        "--config.file=/missing.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--nonsense", "nonsense", "-x"})
  void unknownArgumentIsNamed(String argument) {
    assertUsage(
        "unknown argument " + argument + ": see meshpath --help for those that there are.",
        argument);
  }

  @Test
  void flagWithoutValueIsNamed() {
    assertThat(execute("--log.level")).isEqualTo(2);
    assertThat(err.toString()).matches("meshpath: .*--log\\.level.*: see meshpath --help\\.\n");
  }

  @Test
  void wrongBooleanIsNamed() {
    environment.put("MESHPATH_COLLECTOR_MESH_PATH", "maybe");
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("meshpath: MESHPATH_COLLECTOR_MESH_PATH: 'maybe' is not a boolean")
        .satisfies(text -> assertThat(text.lines()).hasSize(1));
  }

  @ParameterizedTest
  @CsvSource({"--help", "-h", "-hV"})
  void helpGoesToStandardOutput(String flag) {
    assertThat(execute(flag)).isZero();
    assertThat(out.toString())
        .startsWith("Usage: meshpath ")
        .contains(
            "--web.listen-address",
            "Default: :10211",
            "MESHPATH_LOG_LEVEL",
            "Commands:\n  exporter");
    assertThat(err.toString()).isEmpty();
    assertThat(configs).isEmpty();
  }

  @Test
  void helpOfSubcommandNamesIt() {
    assertThat(execute("exporter", "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: meshpath exporter ").contains("Default: 8388608");
  }

  @Test
  void versionGoesToStandardOutput() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString())
        .isEqualTo("meshpath 0.0 (revision test)\nJava " + Runtime.version() + "\n");
    assertThat(configs).isEmpty();
  }

  @Test
  void exitCodeIsThatOfTheExporter() {
    exporterReturns = 7;
    assertThat(execute()).isEqualTo(7);
  }

  @Test
  void failureOfTheExporterIsOneSentence() {
    Commands commands =
        commands(
            config -> {
              throw new Failure("the kernel is not in the mood: ask again later.");
            });
    assertThat(commands.execute("exporter")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("meshpath: the kernel is not in the mood: ask again later.\n");
  }

  @Test
  void thresholdsThatContradictOneAnotherAreRefused() {
    assertThat(execute("--flap.on=100")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "meshpath: --flap.off 750, --flap.on 100 and --flap.ceiling 12000 contradict one"
                + " another: each must be more than the one before, the last one may be equal.\n");
    assertThat(configs).isEmpty();
  }

  @Test
  void flappingIsWhatTheFlagsSay() {
    assertThat(
            config(
                    "--flap.return-window=1m",
                    "--flap.readd-window=30s",
                    "--flap.burst=500ms",
                    "--flap.half-life=2m",
                    "--flap.change-points=1",
                    "--flap.return-points=2",
                    "--flap.on=5",
                    "--flap.off=4",
                    "--flap.ceiling=6")
                .serve()
                .churn())
        .isEqualTo(
            new ChurnConfig(
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofMinutes(2),
                1,
                2,
                5,
                4,
                6));
  }

  private void assertUsage(String sentence, String... arguments) {
    assertThat(execute(arguments)).isEqualTo(Commands.USAGE).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("meshpath: " + sentence + "\n");
    assertThat(out.toString()).isEmpty();
    assertThat(configs).isEmpty();
  }

  private ExporterConfig config(String... arguments) {
    assertThat(execute(arguments)).as(err.toString()).isZero();
    assertThat(configs).hasSize(1);
    return configs.getFirst();
  }

  private int execute(String... arguments) {
    return commands(
            config -> {
              configs.add(config);
              return exporterReturns;
            })
        .execute(arguments);
  }

  private Commands commands(ToIntFunction<ExporterConfig> exporter) {
    return new Commands(
        exporter,
        "meshpath 0.0 (revision test)",
        environment,
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }

  private Path file(String text) {
    return file("meshpath.yaml", text);
  }

  private Path file(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
