package dev.meshpath.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryTest {
  private final Telemetry telemetry = new Telemetry();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void withoutAcceptItIsPrometheusText() {
    registerOne();
    assertThat(telemetry.scrape(null, body)).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(text())
        .isEqualTo(
            """
            # HELP made_up_total Something.
            # TYPE made_up_total counter
            made_up_total 3.0
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "*/*", "nonsense", "text/plain;version=0.0.4"})
  void whatItDoesNotKnowIsPrometheusText(String accept) {
    assertThat(telemetry.scrape(accept, body)).startsWith("text/plain; version=0.0.4");
  }

  @Test
  void openMetricsOnDemand() {
    registerOne();
    assertThat(telemetry.scrape("application/openmetrics-text; version=1.0.0", body))
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(text())
        .isEqualTo(
            """
            # TYPE made_up counter
            # HELP made_up Something.
            made_up_total 3.0
            # EOF
            """);
  }

  @Test
  void processHasMemoryFilesAndStartTime() {
    telemetry.registerProcess();
    telemetry.scrape(null, body);
    assertThat(text())
        .contains(
            "\njvm_memory_used_bytes{",
            "\nprocess_files_open_files ",
            "\nprocess_start_time_seconds ");
  }

  @Test
  void clientThatWentAwayIsAnError() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("connection reset");
          }
        };
    registerOne();
    assertThatThrownBy(() -> telemetry.scrape(null, broken))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("connection reset");
  }

  private void registerOne() {
    telemetry.register(
        () ->
            MetricSnapshots.of(
                CounterSnapshot.builder()
                    .name("made_up")
                    .help("Something.")
                    .dataPoint(CounterDataPointSnapshot.builder().value(3).build())
                    .build()));
  }

  private String text() {
    return body.toString(StandardCharsets.UTF_8);
  }
}
