package dev.meshpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpConfigTest {
  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT, true, false",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, true, false",
    "OTEL_TRACES_EXPORTER, true, false",
    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, false, true",
    "OTEL_METRICS_EXPORTER, false, true",
    "OTEL_SERVICE_NAME, false, false",
  })
  void variablesAskForEventsOrForMetrics(String variable, boolean events, boolean metrics) {
    Map<String, String> environment = Map.of(variable, "something");
    assertThat(OtlpConfig.NONE.isOn(environment)).isEqualTo(events);
    assertThat(OtlpConfig.NONE.pushesMetrics(environment)).isEqualTo(metrics);
  }

  @Test
  void intervalAsksForMetricsAlone() {
    OtlpConfig config =
        new OtlpConfig(null, OtlpProtocol.GRPC, null, null, 64, 1, Duration.ofMinutes(1));
    assertThat(config.isOn(Map.of())).isFalse();
    assertThat(config.pushesMetrics(Map.of())).isTrue();
  }
}
