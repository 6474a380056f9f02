package dev.meshpath.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.config.Audience;
import dev.meshpath.config.ListenAddress;
import dev.meshpath.config.Selection;
import dev.meshpath.config.WatchConfig;
import dev.meshpath.failure.Failure;
import dev.meshpath.http.HttpServer;
import dev.meshpath.http.LandingPage;
import dev.meshpath.http.Live;
import dev.meshpath.telemetry.Telemetry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} and {@code paths}, with a real server. */
@Timeout(30)
class ClientTest {
  private static final Terminal PIPE = new Terminal(false, false);
  private static final String CHANGE =
      "{\"time\":\"2026-01-31T12:00:00.123456Z\",\"network.interface.name\":\"mesh0\","
          + "\"mesh.path.event\":\"change\",\"mesh.path.cause\":\"prep\","
          + "\"mesh.path.destination\":\"02-00-00-00-02-0A\","
          + "\"mesh.path.next_hop\":\"02-00-00-00-01-00\",\"mesh.path.metric\":836,"
          + "\"mesh.path.hop_count\":2,\"mesh.path.same_next_hop\":false,"
          + "\"mesh.path.previous_next_hop\":\"02-00-00-00-02-00\","
          + "\"mesh.path.previous_metric\":418}";
  private static final String PEER =
      "{\"time\":\"2026-01-31T12:00:01Z\",\"network.interface.name\":\"mesh-long\","
          + "\"mesh.path.event\":\"peer_state\",\"mesh.path.cause\":\"user\","
          + "\"mesh.path.destination\":\"02-00-00-00-03-00\",\"mesh.peer.state\":\"estab\","
          + "\"process.command\":\"i\\u001bw\",\"process.pid\":12}";
  private static final String NODE =
      """
      {"obstacles":["nl80211 is away."],"devices":[{"network.interface.name":"mesh0","paths":[
      {"mesh.path.destination":"02-00-00-00-02-00","mesh.path.state":"active",
      "mesh.path.next_hop":"02-00-00-00-01-00","mesh.path.metric":836,"mesh.path.hop_count":2,
      "mesh.path.root":false,"mesh.path.age_s":61.5,"mesh.path.changes":29,
      "mesh.path.event":"change","mesh.path.cause":"prep","mesh.path.event_age_s":3.25,
      "mesh.path.flap_penalty":3200.4,"mesh.path.flapping":true},
      {"mesh.path.destination":"02-00-00-00-03-00","mesh.path.state":"resolving",
      "mesh.path.changes":0}]}]}
      """;

  private final Telemetry telemetry = new Telemetry();
  private final HttpServer server = start(NODE, List.of(CHANGE, PEER), Audience.LOOPBACK);
  private final int port = server.port();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final TimeZone zone = TimeZone.getDefault();

  private HttpServer start(String node, List<String> events, Audience to) {
    return HttpServer.start(
        new ListenAddress("127.0.0.1", 0),
        telemetry,
        () -> true,
        new LandingPage("1", false),
        null,
        new Live(() -> node, new Fixed(events), to));
  }

  private record Fixed(List<String> events) implements Live.Events {
    @Override
    public long newest() {
      return events.size();
    }

    @Override
    public Live.Batch after(long after, int most) {
      return new Live.Batch(
          0,
          LongStream.rangeClosed(after + 1, events.size())
              .mapToObj(number -> new Live.Event(number, events.get((int) number - 1)))
              .toList());
    }
  }

  @BeforeEach
  void inUtc() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterEach
  void close() {
    TimeZone.setDefault(zone);
    server.close();
    telemetry.close();
  }

  private Selection selection(boolean json) {
    return new Selection(url(port), Set.of(), Set.of(), json);
  }

  private static URI url(int port) {
    return URI.create("http://localhost:" + port);
  }

  /** Until the server is closed, which is as soon as so many lines are there. */
  private String watched(WatchConfig config, Terminal terminal, int lines) throws Exception {
    CompletableFuture<Failure> end = new CompletableFuture<>();
    PrintWriter writer = new PrintWriter(out, true);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                new Watching(writer, terminal, () -> false).run(config);
                end.completeExceptionally(new AssertionError("it ended"));
              } catch (Failure e) {
                end.complete(e);
              } catch (RuntimeException e) {
                end.completeExceptionally(e);
              }
            });
    while (out.toString().lines().count() < lines) {
      assertThat(end.isDone()).as(() -> end.join().toString()).isFalse();
      Thread.sleep(10);
    }
    server.close();
    assertThat(end.join()).hasMessage("the exporter at " + url(port) + " went away.");
    return out.toString();
  }

  @Test
  void eventIsALineInColumns() throws Exception {
    assertThat(watched(new WatchConfig(selection(false), Set.of(), 200), PIPE, 2))
        .isEqualTo(
            """
            12:00:00.123  mesh0   change             02:00:00:00:02:0a  02:00:00:00:01:00     836     2  prep, was 02:00:00:00:02:00 with 418
            12:00:01.000  mesh-long  peer_state         02:00:00:00:03:00  estab                            user, i?w[12]
            """);
  }

  @Test
  void terminalHasAHeaderAndColours() throws Exception {
    assertThat(
            watched(
                new WatchConfig(selection(false), Set.of("change"), 200),
                new Terminal(true, true),
                2))
        .startsWith(
            "TIME          DEVICE  EVENT              DESTINATION        NEXT HOP           METRIC "
                + " HOPS  CAUSE\n")
        .contains("\033[33mchange           \033[0m");
  }

  @Test
  void jsonIsWhatTheExporterSaid() throws Exception {
    assertThat(watched(new WatchConfig(selection(true), Set.of(), 200), PIPE, 2))
        .isEqualTo(CHANGE + "\n" + PEER + "\n");
  }

  @Test
  void selectionLeavesTheRestOut() throws Exception {
    Selection one =
        new Selection(url(port), Set.of("mesh-long"), Set.of("02-00-00-00-03-00"), true);
    assertThat(watched(new WatchConfig(one, Set.of("peer_state"), 200), PIPE, 1))
        .isEqualTo(PEER + "\n");
  }

  @Test
  void endsQuietlyWhenNobodyReadsAnyMore() {
    PrintWriter closed =
        new PrintWriter(
            new Writer() {
              @Override
              public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
              }

              @Override
              public void flush() {}

              @Override
              public void close() {}
            });
    assertThat(
            new Watching(closed, PIPE, () -> false)
                .run(new WatchConfig(selection(false), Set.of(), 200)))
        .isZero();
  }

  /** Nothing happens, so nothing is written: the beat of the stream is the time to look. */
  @Test
  void endsQuietlyInAQuietMeshToo() {
    WatchConfig nothing = new WatchConfig(selection(false), Set.of("delete"), 0);
    assertThat(new Watching(new PrintWriter(out), PIPE, () -> true).run(nothing)).isZero();
    assertThat(out).hasToString("");
  }

  @Test
  void withoutExporterThereIsASentence() {
    server.close();
    assertThatThrownBy(
            () ->
                new Watching(new PrintWriter(out), PIPE, () -> false)
                    .run(new WatchConfig(selection(false), Set.of(), 10)))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "no exporter answers at http://localhost:"
                + port
                + " (connection refused): start meshpath, or name where one serves with"
                + " --web.url.");
  }

  @Test
  void refusalIsToldInTheServersWords() {
    try (HttpServer other = start("nothing", List.of(), Audience.LOOPBACK)) {
      Selection foreignName =
          new Selection(url(other.port()).resolve("/"), Set.of(), Set.of(), false);
      assertThatThrownBy(
              () -> new PathList(new PrintWriter(out), new PrintWriter(err)).run(foreignName))
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith("what answers at http://localhost:" + other.port());
      assertThatThrownBy(
              () ->
                  new Watching(new PrintWriter(out), PIPE, () -> false)
                      .run(new WatchConfig(foreignName, Set.of(), 999)))
          .isInstanceOf(Failure.class)
          .hasMessageEndingWith(
              " answers 400: last cannot be that: write how many events of the past, 0 to 200.");
    }
  }

  @Test
  void pathsAreATable() {
    assertThat(new PathList(new PrintWriter(out), new PrintWriter(err)).run(selection(false)))
        .isZero();
    assertThat(out)
        .hasToString(
            """
            DEVICE  DESTINATION        STATE      NEXT HOP           METRIC  HOPS  AGE  CHANGES  LAST CHANGE  CAUSE   AGO        PENALTY
            mesh0   02:00:00:00:02:00  active     02:00:00:00:01:00     836     2  62s       29  change       prep   3.3s  3200 flapping
            mesh0   02:00:00:00:03:00  resolving                                              0
            2 paths, 1 active; 29 next hop changes
            """);
    assertThat(err).hasToString("meshpath: nl80211 is away.\n");
  }

  @Test
  void pathsAreObjectsForScripts() {
    Selection one = new Selection(url(port), Set.of("mesh0"), Set.of("02-00-00-00-03-00"), true);
    assertThat(new PathList(new PrintWriter(out), new PrintWriter(err)).run(one)).isZero();
    assertThat(out)
        .hasToString(
            "{\"network.interface.name\":\"mesh0\",\"mesh.path.destination\":\"02-00-00-00-03-00\","
                + "\"mesh.path.state\":\"resolving\",\"mesh.path.changes\":0}\n");
  }

  @Test
  void coloursAreForTerminalsOfWhoWantsThem(@TempDir Path directory) throws Exception {
    Path terminal = Files.createSymbolicLink(directory.resolve("1"), Path.of("/dev/pts/3"));
    Path file = Files.createSymbolicLink(directory.resolve("2"), Path.of("/tmp/log"));
    Map<String, String> xterm = Map.of("TERM", "xterm");
    assertThat(Terminal.of(terminal, xterm)).isEqualTo(new Terminal(true, true));
    assertThat(Terminal.of(terminal, Map.of("TERM", "xterm", "NO_COLOR", "1")))
        .isEqualTo(new Terminal(true, false));
    assertThat(Terminal.of(terminal, Map.of("TERM", "dumb"))).isEqualTo(new Terminal(true, false));
    assertThat(Terminal.of(file, xterm)).isEqualTo(PIPE);
    assertThat(Terminal.of(directory.resolve("none"), xterm)).isEqualTo(PIPE);
  }
}
