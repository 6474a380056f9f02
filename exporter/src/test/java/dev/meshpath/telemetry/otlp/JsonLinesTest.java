package dev.meshpath.telemetry.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.disk.SmallDisk;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.ObjectMapper;

class JsonLinesTest {
  @TempDir private Path directory;

  /** One request of {@code count} spans. */
  private static CompletableResultCode export(SpanExporter exporter, int count) {
    List<SpanData> spans =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    (SpanData)
                        TestSpanData.builder()
                            .setName("span " + i)
                            .setKind(SpanKind.INTERNAL)
                            .setStartEpochNanos(i)
                            .setEndEpochNanos(i)
                            .setHasEnded(true)
                            .setStatus(StatusData.unset())
                            .setSpanContext(SpanContext.getInvalid())
                            .build())
            .toList();
    return exporter.export(spans);
  }

  private List<Integer> spansOfLines(Path file) throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<String> lines = Files.readAllLines(file);
    List<Integer> spans = new ArrayList<>();
    for (String line : lines) {
      spans.add(json.readTree(line).findPath("spans").size());
    }
    return spans;
  }

  @Test
  void requestThatTheDiskDoesNotTakeLeavesNothingOfItself() throws Exception {
    Path file = directory.resolve("spans.jsonl");
    try (SmallDisk disk = SmallDisk.over(directory)) {
      SpanExporter exporter = JsonLines.spans(file);
      assertThat(export(exporter, 1).isSuccess()).isTrue();
      disk.fill(64 * 1024);
      assertThat(export(exporter, 1000).isSuccess()).isFalse();
      assertThat(export(exporter, 2).isSuccess()).isTrue();
      disk.empty();
      assertThat(export(exporter, 1000).isSuccess()).isTrue();
      assertThat(exporter.shutdown().isSuccess()).isTrue();
      assertThat(spansOfLines(file)).containsExactly(1, 2, 1000);
    }
  }

  @Test
  void afterACrashTheNextRequestHasALineOfItsOwn() throws Exception {
    Path file = directory.resolve("spans.jsonl");
    Files.writeString(file, "{\"resourceSpans\":[]}\n{\"resourceSp");
    SpanExporter exporter = JsonLines.spans(file);
    assertThat(export(exporter, 3).isSuccess()).isTrue();
    assertThat(exporter.shutdown().isSuccess()).isTrue();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3).startsWith("{\"resourceSpans\":[]}", "{\"resourceSp");
    assertThat(new ObjectMapper().readTree(lines.get(2)).findPath("spans").size()).isEqualTo(3);
  }
}
