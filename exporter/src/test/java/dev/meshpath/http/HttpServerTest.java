package dev.meshpath.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.meshpath.config.ListenAddress;
import dev.meshpath.failure.Failure;
import dev.meshpath.telemetry.Telemetry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HttpServerTest {
  private static final ListenAddress LOOPBACK = new ListenAddress("127.0.0.1", 0);
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  private final Telemetry telemetry = new Telemetry();
  private final AtomicBoolean ready = new AtomicBoolean();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final HttpServer server =
      HttpServer.start(
          LOOPBACK, telemetry, ready::get, new LandingPage("1.2.3", true), null, LiveTest.NOTHING);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Logger logger = (Logger) LoggerFactory.getLogger(HttpServer.class);

  HttpServerTest() {
    telemetry.register(this::hundredSeries);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    telemetry.close();
    logger.setLevel(null);
  }

  @Test
  void metricsAreText() throws Exception {
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(contentType(answer)).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .startsWith("# TYPE made_up gauge\nmade_up{number=\"0\"} 0.0\n")
        .hasLineCount(101);
  }

  @Test
  void metricsAreOpenMetricsOnDemand() throws Exception {
    HttpResponse<String> answer = get("/metrics", "Accept", OPEN_METRICS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(contentType(answer)).isEqualTo(OPEN_METRICS + "; charset=utf-8");
    assertThat(answer.body()).endsWith("\n# EOF\n");
  }

  @Test
  void metricsAreCompressedOnDemand() throws Exception {
    HttpResponse<byte[]> answer =
        client.send(request("/metrics", "Accept-Encoding", "gzip"), BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(get("/metrics").body());
    }
  }

  @Test
  void metricsAreNotCompressedUnasked() throws Exception {
    assertThat(get("/metrics").headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void failedScrapeIsAnErrorAndNotHalfScrape() throws Exception {
    logger.setLevel(Level.OFF);
    broken.set(true);
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("see the log of meshpath\n");
  }

  @Test
  void failedScrapeIsAnErrorAndNotHalfScrapeWhereItIsCompressed() throws Exception {
    logger.setLevel(Level.OFF);
    broken.set(true);
    HttpResponse<String> answer = get("/metrics", "Accept-Encoding", "gzip");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(answer.body()).isEqualTo("see the log of meshpath\n");
  }

  @Test
  void nextScrapeAfterFailedOneWorks() throws Exception {
    logger.setLevel(Level.OFF);
    broken.set(true);
    get("/metrics");
    broken.set(false);
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void isHealthyAsSoonAsItAnswers() throws Exception {
    HttpResponse<String> answer = get("/-/healthy");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("meshpath is healthy.\n");
  }

  @Test
  void isNotReadyBeforeItsCollectorsAre() throws Exception {
    HttpResponse<String> answer = get("/-/ready");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("meshpath is not ready.\n");
  }

  @Test
  void isReadyOnceItsCollectorsAre() throws Exception {
    ready.set(true);
    HttpResponse<String> answer = get("/-/ready");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("meshpath is ready.\n");
  }

  @Test
  void landingPageLinksToWhatThereIs() throws Exception {
    HttpResponse<String> answer = get("/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(contentType(answer)).startsWith("text/html");
    assertThat(answer.body())
        .contains("href=\"/metrics\"", "href=\"/-/healthy\"", "href=\"/-/ready\"", "version 1.2.3");
  }

  @Test
  void otherPagesAreNotFound() throws Exception {
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void portInUseIsOneSentence() {
    ListenAddress taken = new ListenAddress("127.0.0.1", server.port());
    assertThatThrownBy(() -> start(taken))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "cannot listen on "
                + taken
                + " (the port is in use, or the address is not of this machine): stop what listens"
                + " there, or choose another with --web.listen-address.");
  }

  @Test
  void addressOfAnotherMachineIsOneSentence() {
    ListenAddress foreign = new ListenAddress("192.0.2.1", 0);
    assertThatThrownBy(() -> start(foreign))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("cannot listen on 192.0.2.1:0 (the port is in use, or ");
  }

  @Test
  void unknownHostIsOneSentence() {
    ListenAddress unknown = new ListenAddress("no-such-host.invalid", 0);
    assertThatThrownBy(() -> start(unknown))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("cannot listen on no-such-host.invalid:0 (");
  }

  @Test
  void listensOnAllAddressesWithoutHost() throws Exception {
    try (HttpServer all =
        HttpServer.start(
            new ListenAddress("", 0),
            telemetry,
            ready::get,
            new LandingPage("1.2.3", true),
            null,
            LiveTest.NOTHING)) {
      assertThat(send(all.port(), "/-/healthy").statusCode()).isEqualTo(200);
    }
  }

  private void start(ListenAddress listen) {
    HttpServer.start(
            listen, telemetry, ready::get, new LandingPage("1.2.3", true), null, LiveTest.NOTHING)
        .close();
  }

  private MetricSnapshots hundredSeries() {
    if (broken.get()) {
      throw new IllegalStateException("made up");
    }
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name("made_up");
    for (int number = 0; number < 100; number++) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of("number", Integer.toString(number)))
              .value(number)
              .build());
    }
    return MetricSnapshots.of(gauge.build());
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(path, headers), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(int port, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  private static String contentType(HttpResponse<?> answer) {
    return answer.headers().firstValue("Content-Type").orElse("");
  }
}
