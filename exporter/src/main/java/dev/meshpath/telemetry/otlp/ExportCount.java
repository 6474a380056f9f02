package dev.meshpath.telemetry.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.concurrent.atomic.LongAdder;

/** What became of the items that left a queue. Thread-safe. */
final class ExportCount {
  private final LongAdder exported = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** Counts {@code items} once {@code result} is known. */
  CompletableResultCode count(int items, CompletableResultCode result) {
    return result.whenComplete(() -> (result.isSuccess() ? exported : failed).add(items));
  }

  /** Items that the endpoint, or the file, has accepted. */
  long exported() {
    return exported.sum();
  }

  /** Items that were given up after the last try. */
  long failed() {
    return failed.sum();
  }
}
