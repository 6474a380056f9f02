package dev.meshpath.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.meshpath.config.OtlpConfig;
import dev.meshpath.config.OtlpProtocol;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.Scrapes;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricPushTest {
  private static final MetricSnapshots SERIES =
      MetricSnapshots.of(
          CounterSnapshot.builder()
              .name("dot11s_path_events")
              .help("Events.")
              .dataPoint(count(3, "event", "add", "cause", "preq"))
              .dataPoint(count(0, "event", "delete", "cause", "timer"))
              .build(),
          GaugeSnapshot.builder()
              .name("meshpath_ringbuf_used_bytes")
              .help("Bytes.")
              .dataPoint(
                  GaugeDataPointSnapshot.builder()
                      .labels(Labels.of("ring", "mesh_path"))
                      .value(296.5)
                      .build())
              .build(),
          InfoSnapshot.builder()
              .name("dot11s_path")
              .dataPoint(
                  InfoDataPointSnapshot.builder()
                      .labels(Labels.of("device", "mesh0", "next_hop", "02:00:00:00:01:00"))
                      .build())
              .build());

  private final BlockingQueue<ExportMetricsServiceRequest> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<String>> authorizations = new LinkedBlockingQueue<>();
  private HttpServer sink;

  @BeforeEach
  void openSink() throws IOException {
    sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sink.createContext(
        "/v1/metrics",
        exchange -> {
          authorizations.add(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
          requests.add(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    sink.start();
  }

  @AfterEach
  void closeSink() {
    sink.stop(0);
  }

  @Test
  void collectorGetsWhatAScrapeShows() throws InterruptedException {
    try (MetricPush push = push(SERIES, Duration.ofSeconds(1))) {
      assertThat(lines(requests.take())).isEqualTo(samples(Scrapes.text(() -> SERIES)));
      // a sum is cumulative: the next push has all of it again
      assertThat(lines(requests.take())).isEqualTo(samples(Scrapes.text(() -> SERIES)));
      assertThat(push.account().exported()).isPositive();
    }
  }

  @Test
  void lastNumbersAreSentAtTheEndAndCounted() {
    MetricPush push = push(SERIES, Duration.ofHours(1));
    push.close();
    assertThat(requests).hasSize(1);
    assertThat(push.account())
        .isEqualTo(new OtlpExport.Account("otlp", "metric_points", 4, 0, 0, 0));
  }

  @Test
  void whereTheyAreFromIsTold() {
    push(SERIES, Duration.ofHours(1)).close();
    assertThat(requests.remove().getResourceMetrics(0).getResource().getAttributesList())
        .extracting(KeyValue::getKey)
        .contains("service.name", "service.version", "service.instance.id", "host.name");
  }

  @Test
  void headersOfTheSettingsAreSent() {
    System.setProperty("otel.exporter.otlp.headers", "authorization=Bearer me");
    try {
      push(SERIES, Duration.ofHours(1)).close();
    } finally {
      System.clearProperty("otel.exporter.otlp.headers");
    }
    assertThat(authorizations).containsExactly(List.of("Bearer me"));
  }

  @Test
  void flagIsStrongerThanTheVariable() {
    System.setProperty("otel.exporter.otlp.endpoint", "http://127.0.0.1:9");
    try {
      push(SERIES, Duration.ofHours(1)).close();
    } finally {
      System.clearProperty("otel.exporter.otlp.endpoint");
    }
    assertThat(requests).hasSize(1);
  }

  @Test
  void deadCollectorIsCounted() {
    sink.stop(0);
    MetricPush push = push(SERIES, Duration.ofHours(1));
    push.close();
    assertThat(push.account().exported()).isZero();
  }

  @Test
  void histogramKeepsItsBuckets() {
    MetricSnapshots series =
        MetricSnapshots.of(
            HistogramSnapshot.builder()
                .name("latency_seconds")
                .dataPoint(
                    HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(
                            ClassicHistogramBuckets.of(
                                List.of(0.1, 1.0, Double.POSITIVE_INFINITY), List.of(4, 0, 2)))
                        .sum(7.5)
                        .labels(Labels.of("device", "mesh0"))
                        .build())
                .build());
    push(series, Duration.ofHours(1)).close();
    Metric metric = metrics(requests.remove()).getFirst();
    HistogramDataPoint point = metric.getHistogram().getDataPoints(0);
    assertThat(metric.getName()).isEqualTo("latency_seconds");
    assertThat(point.getExplicitBoundsList()).containsExactly(0.1, 1.0);
    assertThat(point.getBucketCountsList()).containsExactly(4L, 0L, 2L);
    assertThat(point.getCount()).isEqualTo(6);
    assertThat(point.getSum()).isEqualTo(7.5);
  }

  @Test
  void whatHasNoFormIsNoSilence() {
    MetricSnapshots series = MetricSnapshots.of(SummarySnapshot.builder().name("odd").build());
    assertThatThrownBy(() -> new SnapshotMetrics(() -> series).produce(Resource.empty()))
        .hasMessage("odd has no form in OTLP yet");
  }

  private MetricPush push(MetricSnapshots series, Duration interval) {
    return new MetricPush(
        new OtlpConfig(
            "http://127.0.0.1:" + sink.getAddress().getPort(),
            OtlpProtocol.HTTP,
            null,
            null,
            64,
            1,
            interval),
        new BuildInfo("1", "r"),
        new SnapshotMetrics(() -> series));
  }

  private static CounterDataPointSnapshot count(double value, String... labels) {
    return CounterDataPointSnapshot.builder().labels(Labels.of(labels)).value(value).build();
  }

  private static List<Metric> metrics(ExportMetricsServiceRequest request) {
    return request.getResourceMetricsList().stream()
        .map(ResourceMetrics::getScopeMetricsList)
        .flatMap(List::stream)
        .flatMap(scope -> scope.getMetricsList().stream())
        .toList();
  }

  /** Each point as a sample of a scrape, its value a double. */
  private static List<String> lines(ExportMetricsServiceRequest request) {
    List<String> lines = new ArrayList<>();
    for (Metric metric : metrics(request)) {
      assertThat(metric.getUnit()).isEmpty();
      if (metric.hasSum()) {
        assertThat(metric.getSum().getIsMonotonic()).isTrue();
        assertThat(metric.getSum().getAggregationTemporality())
            .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
      }
      Stream.of(metric.getSum().getDataPointsList(), metric.getGauge().getDataPointsList())
          .flatMap(List::stream)
          .forEach(point -> lines.add(line(metric.getName(), point)));
    }
    return lines.stream().sorted().toList();
  }

  private static String line(String name, NumberDataPoint point) {
    Map<String, String> labels = new TreeMap<>();
    point
        .getAttributesList()
        .forEach(label -> labels.put(label.getKey(), label.getValue().getStringValue()));
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
        .collect(Collectors.joining(",", name + "{", "} " + point.getAsDouble()));
  }

  private static List<String> samples(String scrape) {
    return scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(
            line ->
                line.substring(0, line.lastIndexOf(' ') + 1)
                    + Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sorted()
        .toList();
  }
}
