package dev.meshpath.telemetry.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Counts what an exporter does. The SDK has an interface for each signal, and they have these three
 * methods in common, but no type.
 *
 * @param <T> what is exported
 */
abstract class CountedExporter<T> {
  private final Function<Collection<T>, CompletableResultCode> exporter;
  private final Supplier<CompletableResultCode> flush;
  private final Supplier<CompletableResultCode> shutdown;
  private final ExportCount count;

  CountedExporter(
      Function<Collection<T>, CompletableResultCode> exporter,
      Supplier<CompletableResultCode> flush,
      Supplier<CompletableResultCode> shutdown,
      ExportCount count) {
    this.exporter = exporter;
    this.flush = flush;
    this.shutdown = shutdown;
    this.count = count;
  }

  /** How many items these count as. */
  int items(Collection<T> batch) {
    return batch.size();
  }

  public CompletableResultCode export(Collection<T> batch) {
    return count.count(items(batch), exporter.apply(batch));
  }

  public CompletableResultCode flush() {
    return flush.get();
  }

  public CompletableResultCode shutdown() {
    return shutdown.get();
  }
}
