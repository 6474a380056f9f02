package dev.meshpath.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.config.Audience;
import dev.meshpath.config.ListenAddress;
import dev.meshpath.telemetry.Telemetry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page at / and what it shows live. */
@Timeout(30)
class LiveTest {
  /** Nothing happens. */
  static final Live NOTHING = new Live(() -> "{}", new Numbers(0), Audience.LOOPBACK);

  private static final String LOCAL = "Host: localhost";

  private final Telemetry telemetry = new Telemetry();
  private final Numbers numbers = new Numbers(300);
  private final HttpServer loopback = start(Audience.LOOPBACK);
  private final HttpServer all = start(Audience.ALL);
  private final List<Socket> sockets = new ArrayList<>();

  /** Events that say their number; the room is for 1,000. */
  private static final class Numbers implements Live.Events {
    private static final int ROOM = 1000;
    private final AtomicLong newest;
    private final Set<Thread> askers = ConcurrentHashMap.newKeySet();
    private final Semaphore answering = new Semaphore(1);

    Numbers(long newest) {
      this.newest = new AtomicLong(newest);
    }

    void come(long events) {
      newest.addAndGet(events);
    }

    @Override
    public long newest() {
      return newest.get();
    }

    @Override
    public Live.Batch after(long after, int most) {
      askers.add(Thread.currentThread());
      answering.acquireUninterruptibly();
      answering.release();
      long last = newest.get();
      long first = Math.max(after + 1, last - ROOM + 1);
      List<Live.Event> events = new ArrayList<>();
      for (long number = first; number <= last && events.size() < most; number++) {
        events.add(new Live.Event(number, "{\"number\":" + number + "}"));
      }
      return new Live.Batch(first - after - 1, events);
    }
  }

  private HttpServer start(Audience to) {
    return HttpServer.start(
        new ListenAddress("", 0),
        telemetry,
        () -> true,
        new LandingPage("<b>&", true),
        null,
        new Live(() -> "{\"devices\":[]}", numbers, to));
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    loopback.close();
    all.close();
    telemetry.close();
  }

  private Socket connect(String headers) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), loopback.port());
    sockets.add(socket);
    String request = "GET /events HTTP/1.0\r\n" + headers + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private BufferedReader follow(String headers) throws IOException {
    return new BufferedReader(
        new InputStreamReader(connect(headers).getInputStream(), StandardCharsets.UTF_8));
  }

  /** Up to a line that ends so, head and all. */
  private static List<String> until(BufferedReader stream, String end) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = stream.readLine();
    while (line != null) {
      lines.add(line);
      if (line.endsWith(end)) {
        return lines;
      }
      line = stream.readLine();
    }
    throw new AssertionError("the stream ended after " + lines);
  }

  private static List<String> data(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("data: ")).toList();
  }

  @Test
  void newcomerGetsTheLast200AndWhatComes() throws Exception {
    BufferedReader stream = follow(LOCAL);
    List<String> past = until(stream, "\"number\":300}");
    assertThat(past.getFirst()).contains(" 200 ");
    assertThat(past).contains("Content-Type: text/event-stream; charset=utf-8");
    assertThat(data(past)).hasSize(200).startsWith("data: {\"number\":101}");
    numbers.come(2);
    assertThat(data(until(stream, "302}")))
        .containsExactly("data: {\"number\":301}", "data: {\"number\":302}");
  }

  @Test
  void goesOnAfterTheLastEventThatWasSeen() throws Exception {
    List<String> past = until(follow(LOCAL), "\"number\":300}");
    String id = past.get(past.size() - 2);
    assertThat(id).startsWith("id: ").endsWith("-300");
    numbers.come(3);
    assertThat(data(until(follow(LOCAL + "\r\nLast-Event-ID: " + id.substring(4)), "303}")))
        .containsExactly(
            "data: {\"number\":301}", "data: {\"number\":302}", "data: {\"number\":303}");
  }

  @Test
  void numberOfAFormerRunMeansNothing() throws Exception {
    assertThat(data(until(follow(LOCAL + "\r\nLast-Event-ID: 1a2b-299"), "300}"))).hasSize(200);
  }

  @Test
  void whatIsGoneIsMarkedAndCounted() throws Exception {
    List<String> past = until(follow(LOCAL), "\"number\":300}");
    numbers.come(1_200);
    List<String> rest =
        until(
            follow(LOCAL + "\r\nLast-Event-ID: " + past.get(past.size() - 2).substring(4)),
            "1500}");
    assertThat(rest).contains("event: missed");
    assertThat(data(rest))
        .hasSize(1 + 1000)
        .startsWith("data: {\"mesh.events.missed\":200}", "data: {\"number\":501}");
    while (loopback.missed() < 200 + 200) { // the first one was too slow, too
      Thread.sleep(10);
    }
    assertThat(loopback.missed()).isEqualTo(200 + 200);
  }

  /** It waits alone: its socket is full, and the others go on. */
  @Test
  void slowClientHoldsUpNobody() throws Exception {
    Socket slow = connect(LOCAL);
    InputStream unread = slow.getInputStream();
    assertThat(unread.read()).isEqualTo('H');
    BufferedReader quick = follow(LOCAL);
    until(quick, "\"number\":300}");
    for (int i = 0; i < 400; i++) {
      numbers.come(200);
      until(quick, "\"number\":" + numbers.newest() + "}");
    }
    assertThat(Requests.get(loopback, "127.0.0.1", "/-/healthy", LOCAL)).contains(" 200 ");
    assertThat(loopback.clients()).isEqualTo(2);
  }

  @Test
  void tooManyClientsAreToldSoAndScrapesGoOn() throws Exception {
    for (int i = 0; i < EventStreams.MOST_CLIENTS; i++) {
      until(follow(LOCAL), "\"number\":300}");
    }
    assertThat(Requests.get(loopback, "127.0.0.1", "/events", LOCAL))
        .startsWith("HTTP/1.1 503 ")
        .endsWith("16 clients follow the events already: close one of them.\n");
    assertThat(Requests.get(loopback, "127.0.0.1", "/metrics", LOCAL)).contains(" 200 ");
    sockets.getFirst().close();
    numbers.come(1); // who writes notices that nobody reads: now, or at the second beat
    while (loopback.clients() == EventStreams.MOST_CLIENTS) {
      Thread.sleep(20);
      numbers.come(1);
    }
    until(follow(LOCAL), "\"number\":" + numbers.newest() + "}");
  }

  @Test
  void endIsQuickWhoeverHangsOn() throws Exception {
    BufferedReader quick = follow(LOCAL);
    until(quick, "\"number\":300}");
    Socket slow = connect(LOCAL);
    assertThat(slow.getInputStream().read()).isEqualTo('H');
    for (int i = 0; i < 200; i++) {
      numbers.come(200);
      until(quick, "\"number\":" + numbers.newest() + "}");
    }
    long beganNs = System.nanoTime();
    loopback.close();
    assertThat(System.nanoTime() - beganNs).isLessThan(2_000_000_000L);
    while (quick.readLine() != null) {} // it ends
  }

  /** What goes on with a request that the server has ended would fail, and fail, and fail. */
  @Test
  void threadOfAClientEndsAfterTheServer() throws Exception {
    BufferedReader stream = follow(LOCAL);
    until(stream, "\"number\":300}");
    numbers.answering.acquire();
    while (!numbers.answering.hasQueuedThreads()) {
      Thread.sleep(10);
    }
    loopback.close();
    numbers.answering.release();
    awaitEndOfClients();
  }

  @Test
  void threadsOfClientsThatVanishEnd() throws Exception {
    for (int i = 0; i < 50; i++) {
      Socket socket = connect(LOCAL);
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      socket.setSoLinger(true, 0); // a reset
      socket.close();
      numbers.come(1);
    }
    while (loopback.clients() > 0) {
      numbers.come(1);
      Thread.sleep(10);
    }
    awaitEndOfClients();
  }

  private void awaitEndOfClients() throws InterruptedException {
    assertThat(numbers.askers).isNotEmpty();
    for (Thread client : numbers.askers) {
      client.join();
    }
  }

  @Test
  void nodeIsJson() throws Exception {
    assertThat(Requests.get(loopback, "127.0.0.1", "/api/node", LOCAL))
        .startsWith("HTTP/1.1 200 ")
        .contains("Content-Type: application/json", "Cache-Control: no-store")
        .endsWith("\r\n\r\n{\"devices\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/api/node"})
  void nobodyElseGetsThem(String path) throws Exception {
    for (String headers : List.of("Host: evil.example", LOCAL + "\r\nX-Forwarded-For: 192.0.2.1")) {
      assertThat(Requests.get(loopback, "127.0.0.1", path, headers))
          .startsWith("HTTP/1.1 403 ")
          .endsWith(Live.PRIVATE);
    }
    String address = Requests.ownAddress();
    assertThat(Requests.get(loopback, address, path, LOCAL)).startsWith("HTTP/1.1 403 ");
    assertThat(Requests.get(all, address, "/api/node", LOCAL)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void elsewhereThePageSaysWhyNothingIsLive() throws Exception {
    String there = Requests.get(loopback, "127.0.0.1", "/", "Host: node-a");
    assertThat(there)
        .startsWith("HTTP/1.1 200 ")
        .contains("Nothing live here", "--web.events-to=all", "href=\"/metrics\"")
        .doesNotContain("page.js", "<!--");
    assertThat(Requests.get(all, "127.0.0.1", "/", "Host: node-a")).contains("page.js");
    assertThat(Requests.get(loopback, "127.0.0.1", "/", LOCAL))
        .contains("page.js", "id=\"events\"")
        .doesNotContain("Nothing live here", "<!--");
  }

  @Test
  void pageRunsNothingButItsOwnFiles() throws Exception {
    String page = Requests.get(loopback, "127.0.0.1", "/", LOCAL);
    assertThat(page)
        .contains("\r\nContent-Security-Policy: " + LandingPage.POLICY + "\r\n")
        .contains("\r\nX-Content-Type-Options: nosniff\r\n")
        .doesNotContain("http://", "https://", "<style", "style=", "onclick", "javascript:");
    assertThat(LandingPage.POLICY).startsWith("default-src 'none';").doesNotContain("unsafe");
    assertThat(page).contains("version &lt;b>&amp;<");
  }

  @ParameterizedTest
  @CsvSource({
    "/page.css, text/css",
    "/page.js, text/javascript",
    "/page.svg, image/svg+xml",
    "/docs/metrics.md, text/plain",
    "/docs/page.md, text/plain"
  })
  void filesComeWithTheProgram(String path, String type) throws Exception {
    assertThat(Requests.get(loopback, "127.0.0.1", path, LOCAL))
        .startsWith("HTTP/1.1 200 ")
        .contains("Content-Type: " + type, "X-Content-Type-Options: nosniff");
  }

  /** A link that leads nowhere is found here, not by who needs it. */
  @Test
  void linksOfThePageLeadSomewhere() throws Exception {
    String page = Requests.get(loopback, "127.0.0.1", "/", LOCAL);
    List<String> links =
        Pattern.compile("(?:href|src)=\"([^\"]+)\"")
            .matcher(page)
            .results()
            .map(result -> result.group(1))
            .filter(link -> !link.equals("/captures")) // nothing is captured here
            .toList();
    assertThat(links).hasSizeGreaterThan(8);
    for (String link : links) {
      assertThat(Requests.get(loopback, "127.0.0.1", link, LOCAL))
          .as(link)
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs/none.md", "/docs/..%2Fbuild.properties", "/docs/Page.md"})
  void otherDocumentsAreNotThere(String path) throws Exception {
    assertThat(Requests.get(loopback, "127.0.0.1", path, LOCAL))
        .startsWith("HTTP/1.1 404 ")
        .endsWith("there is no such document: see /.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "201", "many", ""})
  void badNumberOfPastEventsIsOneSentence(String last) throws Exception {
    assertThat(Requests.get(loopback, "127.0.0.1", "/events?last=" + last, LOCAL))
        .startsWith("HTTP/1.1 400 ")
        .endsWith("last cannot be that: write how many events of the past, 0 to 200.\n");
  }
}
