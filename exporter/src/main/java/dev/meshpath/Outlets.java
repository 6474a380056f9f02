package dev.meshpath;

import dev.meshpath.collector.meshpath.ChurnMetrics;
import dev.meshpath.collector.meshpath.DeviceSnapshot;
import dev.meshpath.collector.meshpath.EventLog;
import dev.meshpath.collector.meshpath.EventTrace;
import dev.meshpath.collector.meshpath.Followers;
import dev.meshpath.collector.meshpath.FrameCountMetrics;
import dev.meshpath.collector.meshpath.FrameCounts;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshFrameMetrics;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathListener;
import dev.meshpath.collector.meshpath.MeshPathMetrics;
import dev.meshpath.collector.meshpath.capture.CaptureMetrics;
import dev.meshpath.collector.meshpath.capture.CaptureSelection;
import dev.meshpath.collector.meshpath.capture.CauseCapture;
import dev.meshpath.collector.meshpath.identity.EventTraces;
import dev.meshpath.collector.meshpath.live.EventJson;
import dev.meshpath.collector.meshpath.live.LiveEvents;
import dev.meshpath.collector.meshpath.monitor.MonitorJoin;
import dev.meshpath.collector.meshpath.monitor.MonitorMetrics;
import dev.meshpath.collector.meshpath.trace.EventLogs;
import dev.meshpath.collector.meshpath.trace.MeshPathSpans;
import dev.meshpath.config.Audience;
import dev.meshpath.config.CaptureConfig;
import dev.meshpath.config.MonitorConfig;
import dev.meshpath.config.ServeConfig;
import dev.meshpath.http.Captures;
import dev.meshpath.http.Live;
import dev.meshpath.monitor.MonitorInterface;
import dev.meshpath.record.KernelClock;
import dev.meshpath.telemetry.BuildInfo;
import dev.meshpath.telemetry.Telemetry;
import dev.meshpath.telemetry.otlp.MetricPush;
import dev.meshpath.telemetry.otlp.OtlpExport;
import dev.meshpath.telemetry.otlp.OtlpMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where events go beside the series: spans, log records, captures, the log; wired. */
final class Outlets implements AutoCloseable {
  /** The collector whose events these are. */
  private static final String POINT = "mesh_path";

  private final KernelClock clock = new KernelClock();
  private final List<MeshPathListener> listeners = new ArrayList<>(List.of(new EventLog()));
  private final ChurnMetrics churn;
  private final MeshFrameMetrics frames;
  private final @Nullable OtlpExport otlp;
  private final @Nullable MeshPathSpans spans;
  private final @Nullable CauseCapture capture;
  private final Audience capturesTo;
  private final LiveEvents live = new LiveEvents(clock);
  private final Audience eventsTo;
  private final @Nullable Monitor monitor;

  /** A monitor interface, and what makes use of it. */
  private record Monitor(MonitorInterface air, MonitorJoin join) implements AutoCloseable {
    MonitorMetrics metrics() {
      return new MonitorMetrics(
          join, air::isUp, () -> air.dropped().byKernel(), () -> air.dropped().byInterface());
    }

    @Override
    public void close() {
      air.close();
      join.close();
    }
  }

  /**
   * @param heard who hears the air, for all but the log
   * @param hasFrames whether there can be frames to capture
   * @param labelNetns whether devices of several namespaces are told apart by a label
   * @param nowNs CLOCK_MONOTONIC, of this machine or of a recorded one
   */
  Outlets(
      ServeConfig config,
      MonitorConfig heard,
      BuildInfo build,
      boolean hasFrames,
      boolean labelNetns,
      LongSupplier nowNs) {
    Map<String, String> environment = System.getenv();
    OtlpExport export =
        config.otlp().isOn(environment) ? new OtlpExport(config.otlp(), environment, build) : null;
    otlp = export;
    spans =
        export == null
            ? null
            : new MeshPathSpans(
                export.tracer(),
                export::choose,
                new EventLogs(export.logger()),
                clock,
                config.otlp().refreshesPerSpan());
    capture = hasFrames ? capture(config.capture(), build, clock, nowNs) : null;
    capturesTo = config.capture().to();
    churn = new ChurnMetrics(labelNetns, export == null ? null : new NamedTraces(clock));
    frames = new MeshFrameMetrics(labelNetns);
    listeners.add(churn);
    listeners.add(frames);
    eventsTo = config.eventsTo();
    if (config.listen() != null) {
      listeners.add(live);
    }
    List<MeshPathListener> outlets = new ArrayList<>();
    if (spans != null) {
      outlets.add(spans);
    }
    if (capture != null) {
      outlets.add(capture);
    }
    monitor = monitor(heard, outlets);
    if (monitor == null) {
      listeners.addAll(outlets);
    } else {
      listeners.add(monitor.join());
    }
  }

  /** Exemplars name the traces that the spans are of. */
  private static final class NamedTraces implements EventTrace {
    private final EventTraces traces = new EventTraces();
    private final KernelClock clock;

    NamedTraces(KernelClock clock) {
      this.clock = clock;
    }

    @Override
    public @Nullable String of(MeshPathEvent event) {
      return traces.of(event, clock.epochNs(event.ktimeNs()));
    }

    @Override
    public void onFrame(MeshFrame frame) {
      traces.of(frame, clock.epochNs(frame.ktimeNs()));
    }
  }

  private static @Nullable Monitor monitor(MonitorConfig config, List<MeshPathListener> outlets) {
    String device = config.device();
    if (device == null) {
      return null;
    }
    MonitorJoin join = new MonitorJoin(outlets, config.window());
    return new Monitor(new MonitorInterface(device, join::onHeard), join);
  }

  private static @Nullable CauseCapture capture(
      CaptureConfig config, BuildInfo build, KernelClock clock, LongSupplier nowNs) {
    Path file = config.file();
    return file == null
        ? null
        : new CauseCapture(
            new CauseCapture.Settings(
                file,
                config.maxBytes(),
                config.maxAge(),
                config.allFrames(),
                "meshpath " + build.version()),
            clock,
            nowNs);
  }

  /** Who follows the table. */
  Followers followers() {
    return new Followers(List.copyOf(listeners), churn::measures);
  }

  /** The series of the table, with those that its followers keep, and of what the kernel counts. */
  MeshPathMetrics series(
      Supplier<List<DeviceSnapshot>> look,
      Supplier<List<FrameCounts>> counts,
      boolean labelNetns,
      int destinationLimit) {
    return new MeshPathMetrics(
        look,
        List.of(churn, frames, new FrameCountMetrics(counts, labelNetns)),
        labelNetns,
        destinationLimit);
  }

  /** The clock that they read. */
  KernelClock clock() {
    return clock;
  }

  /** Whether a queue is half full. */
  boolean areCrowded() {
    return (otlp != null && otlp.isCrowded()) || (capture != null && capture.isCrowded());
  }

  /**
   * Their accounts.
   *
   * @param push null: no metrics are pushed
   */
  void register(Telemetry telemetry, @Nullable MetricPush push) {
    if (otlp != null || push != null) {
      telemetry.register(
          new OtlpMetrics(() -> accounts(push), () -> spans == null ? 0 : spans.sampledOut()));
    }
    if (capture != null) {
      telemetry.register(new CaptureMetrics(POINT, capture::account));
    }
    if (monitor != null) {
      telemetry.register(monitor.metrics());
    }
  }

  private List<OtlpExport.Account> accounts(@Nullable MetricPush push) {
    List<OtlpExport.Account> accounts = new ArrayList<>();
    if (otlp != null) {
      accounts.addAll(otlp.accounts());
    }
    if (push != null) {
      accounts.add(push.account());
    }
    return accounts;
  }

  /** What /captures answers; null: nothing is captured. */
  @Nullable Captures captures() {
    CauseCapture frames = capture;
    return frames == null
        ? null
        : new Captures(
            (query, out) ->
                frames.copy(
                    new CaptureSelection(
                        query.event(), query.trace(), query.fromNs(), query.toNs()),
                    out),
            capturesTo);
  }

  /**
   * What the page shows live.
   *
   * @param node the state of the node, as JSON
   */
  Live live(Supplier<String> node) {
    return new Live(
        node,
        new Live.Events() {
          @Override
          public long newest() {
            return live.newest();
          }

          @Override
          public Live.Batch after(long after, int most) {
            LiveEvents.Batch batch = live.after(after, most);
            return new Live.Batch(
                batch.missed(),
                batch.events().stream()
                    .map(event -> new Live.Event(event.number(), EventJson.of(event)))
                    .toList());
          }
        },
        eventsTo);
  }

  /** Sends and writes what is queued. */
  @Override
  public void close() {
    if (monitor != null) {
      monitor.close();
    }
    if (otlp != null) {
      otlp.close();
    }
    if (capture != null) {
      capture.close();
    }
  }
}
