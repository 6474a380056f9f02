package dev.meshpath.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.config.Audience;
import dev.meshpath.config.ListenAddress;
import dev.meshpath.telemetry.Telemetry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapturesTest {
  private static final String PRIVATE =
      "frames are private: ask from this machine as localhost, or start meshpath with"
          + " --web.captures-to=all.\n";

  private final Telemetry telemetry = new Telemetry();
  private final List<CaptureQuery> queries = new ArrayList<>();
  private final HttpServer loopback = start(Audience.LOOPBACK);
  private final HttpServer all = start(Audience.ALL);

  private HttpServer start(Audience to) {
    return HttpServer.start(
        new ListenAddress("", 0),
        telemetry,
        () -> true,
        new LandingPage("1", true),
        new Captures(
            (query, out) -> {
              queries.add(query);
              out.write("frames".getBytes(StandardCharsets.UTF_8));
            },
            to),
        LiveTest.NOTHING);
  }

  @AfterEach
  void close() {
    loopback.close();
    all.close();
    telemetry.close();
  }

  @Test
  void fileComesToThisMachine() throws Exception {
    for (String host : List.of("localhost:1", "127.0.0.1:10211", "[::1]:1")) {
      String answer =
          Requests.get(loopback, "127.0.0.1", "/captures?event=change", "Host: " + host);
      assertThat(answer)
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("Content-Type: application/x-pcapng")
          .contains("Content-Disposition: attachment; filename=\"meshpath.pcapng\"")
          .endsWith("frames");
    }
    assertThat(queries)
        .hasSize(3)
        .containsOnly(new CaptureQuery("change", "", Long.MIN_VALUE, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: 192.0.2.1",
        "Host: localhost\r\nX-Forwarded-For: 192.0.2.1",
        "Host: localhost\r\nForwarded: for=192.0.2.1"
      })
  void nobodyElseGetsThem(String headers) throws Exception {
    String answer = Requests.get(loopback, "127.0.0.1", "/captures", headers);
    assertThat(answer).startsWith("HTTP/1.1 403 ").endsWith(PRIVATE);
    assertThat(queries).isEmpty();
    assertThat(Requests.get(all, "127.0.0.1", "/captures", headers)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void otherMachinesGetNumbersOnly() throws Exception {
    String address = Requests.ownAddress();
    assertThat(Requests.get(loopback, address, "/captures", "Host: localhost"))
        .startsWith("HTTP/1.1 403 ")
        .endsWith(PRIVATE);
    assertThat(queries).isEmpty();
    assertThat(Requests.get(loopback, address, "/metrics", "Host: localhost"))
        .startsWith("HTTP/1.1 200 ")
        .doesNotContain("frames");
    assertThat(Requests.get(all, address, "/captures", "Host: localhost"))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event=Change|event cannot be that: write as change.",
        "trace=12|trace cannot be that: write 32 hexadecimal digits in lower case.",
        "from=yesterday|a time cannot be that: write seconds since 1970, or as 2026-01-31T12:00:00Z.",
        "to=9300000000|a time cannot be that: write seconds since 1970, or as 2026-01-31T12:00:00Z.",
        "frm=1|there is no parameter but event, trace, from and to."
      })
  void badQuestionIsOneSentence(String query, String sentence) throws Exception {
    assertThat(Requests.get(loopback, "127.0.0.1", "/captures?" + query, "Host: localhost"))
        .startsWith("HTTP/1.1 400 ")
        .endsWith("\r\n\r\n" + sentence + "\n");
  }

  @Test
  void timesAreSecondsOrIso() {
    assertThat(
            CaptureQuery.parse(
                Map.of(
                    "from", List.of("1700000000.5"),
                    "to", List.of("2023-11-14T22:13:21Z"),
                    "trace", List.of("a".repeat(32)))))
        .isEqualTo(
            new CaptureQuery(
                "", "a".repeat(32), 1_700_000_000_500_000_000L, 1_700_000_001_000_000_000L));
    assertThat(CaptureQuery.parse(Map.of("from", List.of("0"))).fromNs()).isZero();
    assertThatThrownBy(() -> CaptureQuery.parse(Map.of("to", List.of("+99999-01-01T00:00:00Z"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutCaptureThereIsNothing() throws Exception {
    try (HttpServer none =
        HttpServer.start(
            new ListenAddress("", 0),
            telemetry,
            () -> true,
            new LandingPage("1", false),
            null,
            LiveTest.NOTHING)) {
      assertThat(Requests.get(none, "127.0.0.1", "/captures", "Host: localhost"))
          .startsWith("HTTP/1.1 404 ")
          .endsWith("nothing is captured: start meshpath with --capture.file=FILE.\n");
    }
  }
}
