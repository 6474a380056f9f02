package dev.meshpath.telemetry.otlp;

import dev.meshpath.config.OtlpConfig;
import dev.meshpath.failure.Failure;
import dev.meshpath.telemetry.BuildInfo;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * The way of spans and log records to a collector and into files, by the OpenTelemetry SDK, set up
 * by its own variables. Each way has a bounded queue; whoever makes an item never waits.
 */
public final class OtlpExport implements AutoCloseable {
  static final String SCOPE = "dev.meshpath";
  private static final Duration BATCH_EVERY = Duration.ofMillis(200);
  private static final int BATCH_ITEMS = 2048;

  /** Metrics go by {@link MetricPush}: here they would be those of the SDK itself. */
  private static final Map<String, String> ONLY_EVENTS = Map.of("otel.metrics.exporter", "none");

  /** The end of the program waits so long for what is still queued. */
  private static final long FLUSH_SECONDS = 3;

  private static final org.slf4j.Logger log = LoggerFactory.getLogger(OtlpExport.class);

  private final NextIds ids = new NextIds();
  private final MadeCount made = new MadeCount();
  private final List<Outlet> outlets = new ArrayList<>();
  private final OpenTelemetrySdk sdk;
  private final int queueItems;

  /**
   * A place where items go.
   *
   * @param name {@code otlp} or {@code file}
   * @param takesSpans whether spans go there
   * @param takesLogs whether log records do
   * @param drops of its queues
   * @param spans what became of spans
   * @param logs what became of log records
   */
  private record Outlet(
      String name,
      boolean takesSpans,
      boolean takesLogs,
      QueueDrops drops,
      ExportCount spans,
      ExportCount logs) {
    Outlet(String name, boolean takesSpans, boolean takesLogs) {
      this(name, takesSpans, takesLogs, new QueueDrops(), new ExportCount(), new ExportCount());
    }
  }

  /**
   * What became of the items of one signal at one outlet: made = exported + failed + queueFull +
   * waiting.
   *
   * @param outlet {@code otlp} or {@code file}
   * @param signal {@code spans}, {@code logs} or {@code metric_points}
   * @param exported accepted
   * @param failed given up after the last try
   * @param queueFull found no room
   * @param waiting in the queue, or on the way
   */
  public record Account(
      String outlet, String signal, long exported, long failed, long queueFull, long waiting) {}

  /**
   * Sets it up; nothing is connected yet.
   *
   * @param environment of the process
   * @throws Failure if a setting makes no sense or a file cannot be written
   */
  public OtlpExport(OtlpConfig config, Map<String, String> environment, BuildInfo build) {
    queueItems = config.queueItems();
    boolean collector = config.hasCollector(environment);
    SdkSetup setup = new SdkSetup(config, build, defaults(config, collector), ONLY_EVENTS);
    AutoConfiguredOpenTelemetrySdkBuilder builder = setup.builder();
    builder
        .addTracerProviderCustomizer(
            (provider, _) -> provider.setIdGenerator(ids).addSpanProcessor(made.ofSpans()))
        .addLoggerProviderCustomizer(
            (provider, _) -> provider.addLogRecordProcessor(made.ofLogs()));
    if (collector) {
      addCollector(builder);
    }
    addFiles(builder, config);
    sdk = setup.build();
  }

  private void addCollector(AutoConfiguredOpenTelemetrySdkBuilder builder) {
    Outlet outlet = new Outlet("otlp", true, true);
    outlets.add(outlet);
    builder
        .addMeterProviderCustomizer((provider, _) -> provider.registerMetricReader(outlet.drops()))
        .addSpanExporterCustomizer(
            (exporter, _) -> new CountedSpanExporter(exporter, outlet.spans()))
        .addLogRecordExporterCustomizer(
            (exporter, _) -> new CountedLogExporter(exporter, outlet.logs()));
  }

  private void addFiles(AutoConfiguredOpenTelemetrySdkBuilder builder, OtlpConfig config) {
    if (config.tracesFile() == null && config.logsFile() == null) {
      return;
    }
    Outlet outlet = new Outlet("file", config.tracesFile() != null, config.logsFile() != null);
    outlets.add(outlet);
    SdkMeterProvider meters =
        SdkMeterProvider.builder().registerMetricReader(outlet.drops()).build();
    if (config.tracesFile() != null) {
      SpanProcessor spans = spansTo(config.tracesFile(), outlet, meters, config.queueItems());
      builder.addTracerProviderCustomizer((provider, _) -> provider.addSpanProcessor(spans));
    }
    if (config.logsFile() != null) {
      LogRecordProcessor logs = logsTo(config.logsFile(), outlet, meters, config.queueItems());
      builder.addLoggerProviderCustomizer((provider, _) -> provider.addLogRecordProcessor(logs));
    }
  }

  private static SpanProcessor spansTo(
      Path file, Outlet outlet, SdkMeterProvider meters, int queueItems) {
    return BatchSpanProcessor.builder(
            new CountedSpanExporter(JsonLines.spans(file), outlet.spans()))
        .setMeterProvider(meters)
        .setMaxQueueSize(queueItems)
        .setMaxExportBatchSize(Math.min(BATCH_ITEMS, queueItems))
        .setScheduleDelay(BATCH_EVERY)
        .build();
  }

  private static LogRecordProcessor logsTo(
      Path file, Outlet outlet, SdkMeterProvider meters, int queueItems) {
    return BatchLogRecordProcessor.builder(
            new CountedLogExporter(JsonLines.logs(file), outlet.logs()))
        .setMeterProvider(meters)
        .setMaxQueueSize(queueItems)
        .setMaxExportBatchSize(Math.min(BATCH_ITEMS, queueItems))
        .setScheduleDelay(BATCH_EVERY)
        .build();
  }

  private static Map<String, String> defaults(OtlpConfig config, boolean collector) {
    Map<String, String> properties = new HashMap<>();
    String exporter = collector ? "otlp" : "none";
    properties.put("otel.traces.exporter", exporter);
    properties.put("otel.logs.exporter", exporter);
    for (String processor : new String[] {"otel.bsp.", "otel.blrp."}) {
      properties.put(processor + "max.queue.size", Integer.toString(config.queueItems()));
      properties.put(
          processor + "max.export.batch.size",
          Integer.toString(Math.min(BATCH_ITEMS, config.queueItems())));
      properties.put(
          processor + "schedule.delay", String.format(Locale.ROOT, "%d", BATCH_EVERY.toMillis()));
    }
    return properties;
  }

  /** Makes the spans; their ids by {@link #choose}. */
  public Tracer tracer() {
    return sdk.getSdkTracerProvider().get(SCOPE);
  }

  /** Makes the log records. */
  public Logger logger() {
    return sdk.getSdkLoggerProvider().get(SCOPE);
  }

  /** The next span that is started has these ids. */
  public void choose(String trace, String span) {
    ids.choose(trace, span);
  }

  /** What became of everything so far. */
  public List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    for (Outlet outlet : outlets) {
      if (outlet.takesSpans()) {
        long dropped = outlet.drops().of("processedSpans");
        accounts.add(account(outlet, "spans", outlet.spans(), dropped, made.spans()));
      }
      if (outlet.takesLogs()) {
        long dropped = outlet.drops().of("processedLogs");
        accounts.add(account(outlet, "logs", outlet.logs(), dropped, made.logs()));
      }
    }
    return accounts;
  }

  /** Whether a queue is half full: whoever can wait should. */
  public boolean isCrowded() {
    return accounts().stream().anyMatch(account -> account.waiting() > queueItems / 2);
  }

  private static Account account(
      Outlet outlet, String signal, ExportCount count, long dropped, long madeItems) {
    long exported = count.exported();
    long failed = count.failed();
    long waiting = Math.max(0, madeItems - exported - failed - dropped);
    return new Account(outlet.name(), signal, exported, failed, dropped, waiting);
  }

  /** Sends what is queued, for three seconds at most; what then still waits is said. */
  @Override
  public void close() {
    close(FLUSH_SECONDS);
  }

  /** Sends what is queued, for so long at most. */
  void close(long seconds) {
    sdk.shutdown().join(seconds, TimeUnit.SECONDS);
    for (Account account : accounts()) {
      if (account.waiting() + account.failed() + account.queueFull() > 0) {
        log.warn(
            "of the {} for {}, {} were not sent in time, {} failed, and {} found the queue full",
            account.signal(),
            account.outlet(),
            account.waiting(),
            account.failed(),
            account.queueFull());
      }
    }
  }
}
