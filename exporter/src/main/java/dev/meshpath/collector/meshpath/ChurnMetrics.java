package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.meshpath.churn.ChurnMeasures;
import dev.meshpath.collector.meshpath.churn.PathEnd;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long next hops, paths, outages and discoveries lasted, as histograms: classic for everybody,
 * native for whoever asks in protobuf. Where there are traces, the exemplars name the trace of the
 * event that ended what was measured.
 */
public final class ChurnMetrics implements MeshPathListener, MultiCollector {
  private static final double NS_PER_SECOND = 1e9;

  /** Of lives: from a burst to a day. */
  private static final double[] LIFE_SECONDS = {
    0.1, 1, 5, 10, 30, 60, 300, 600, 1800, 3600, 21_600, 86_400
  };

  private static final double[] OUTAGE_SECONDS = {
    0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 600
  };

  /** The kernel waits for 100 ms, then longer, and sends four times at most by default. */
  private static final double[] DISCOVERY_SECONDS = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5
  };

  private static final double[] RATIOS = {0.25, 0.5, 0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.25, 2, 4};

  private static final String RESOLVED = "resolved";
  private static final String FAILED = "failed";

  private final boolean labelNetns;
  private final @Nullable EventTrace traces;
  private final Histogram nextHops;
  private final Histogram paths;
  private final Histogram outages;
  private final Histogram ratios;
  private final Histogram discoveries;

  /** What was measured of the event that the listeners have not heard of yet. */
  private final List<Measured> measured = new ArrayList<>();

  private record Measured(DistributionDataPoint series, double value) {}

  /**
   * @param labelNetns whether devices of several namespaces are told apart by a label {@code netns}
   * @param traces names the traces of events; null: there are none
   */
  public ChurnMetrics(boolean labelNetns, @Nullable EventTrace traces) {
    this.labelNetns = labelNetns;
    this.traces = traces;
    nextHops =
        histogram(
            labelNetns,
            "dot11s_path_nexthop_duration_seconds",
            "How long a next hop was one, until another one took its place or the path was"
                + " deleted.",
            LIFE_SECONDS);
    paths =
        histogram(
            labelNetns,
            "dot11s_path_lifetime_seconds",
            "How long paths existed, by what ended their use.",
            LIFE_SECONDS,
            "end");
    outages =
        histogram(
            labelNetns,
            "dot11s_path_outage_seconds",
            "How long a path that was usable was not, until it was again.",
            OUTAGE_SECONDS);
    ratios =
        histogram(
            labelNetns,
            "dot11s_path_change_metric_ratio",
            "Airtime metric of the new way in that of the former, at a change of the next hop.",
            RATIOS);
    discoveries =
        histogram(
            labelNetns,
            "dot11s_discovery_duration_seconds",
            "How long discoveries took, from the first PREQ to the next hop, or until given up.",
            DISCOVERY_SECONDS,
            "result");
  }

  /** Takes what is measured of a device's paths; its series exist from now on. */
  public ChurnMeasures measures(MeshPathEvent.Device device) {
    return new OfDevice(DeviceLabels.of(labelNetns, device));
  }

  @Override
  public void onEvent(MeshPathEvent event) {
    EventTrace source = traces;
    if (source == null) {
      return;
    }
    String trace = source.of(event);
    for (Measured one : measured) {
      if (trace == null || trace.isEmpty()) {
        one.series().observe(one.value());
      } else {
        one.series().observeWithExemplar(one.value(), Labels.of("trace_id", trace));
      }
    }
    measured.clear();
  }

  @Override
  public void onFrame(MeshFrame frame) {
    if (traces != null) {
      traces.onFrame(frame);
    }
  }

  @Override
  public MetricSnapshots collect() {
    return new MetricSnapshots(all().<MetricSnapshot>map(Histogram::collect).toList());
  }

  private Stream<Histogram> all() {
    return Stream.of(nextHops, paths, outages, ratios, discoveries);
  }

  private void observe(DistributionDataPoint series, double value) {
    if (traces == null) {
      series.observe(value);
    } else {
      measured.add(new Measured(series, value));
    }
  }

  private static Histogram histogram(
      boolean labelNetns, String name, String help, double[] upperBounds, String... more) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(DeviceLabels.names(labelNetns, more))
        .classicUpperBounds(upperBounds)
        .build();
  }

  /** The series of one device, looked up once. */
  private final class OfDevice implements ChurnMeasures {
    private final List<String> device;
    private final DistributionDataPoint nextHop;
    private final DistributionDataPoint outage;
    private final DistributionDataPoint ratio;
    private final DistributionDataPoint resolved;
    private final DistributionDataPoint failed;
    private final Map<PathEnd, DistributionDataPoint> lives = new EnumMap<>(PathEnd.class);

    OfDevice(List<String> device) {
      this.device = device;
      nextHop = nextHops.labelValues(DeviceLabels.values(device));
      outage = outages.labelValues(DeviceLabels.values(device));
      ratio = ratios.labelValues(DeviceLabels.values(device));
      resolved = discoveries.labelValues(DeviceLabels.values(device, RESOLVED));
      failed = discoveries.labelValues(DeviceLabels.values(device, FAILED));
      for (PathEnd end : PathEnd.values()) {
        lives.put(end, paths.labelValues(DeviceLabels.values(device, end.word())));
      }
    }

    @Override
    public void gone() {
      all().forEach(histogram -> histogram.removeIf(DeviceLabels.are(device)));
    }

    @Override
    public void nextHopLasted(long ns) {
      observe(nextHop, ns / NS_PER_SECOND);
    }

    @Override
    public void pathLasted(PathEnd end, long ns) {
      observe(Objects.requireNonNull(lives.get(end)), ns / NS_PER_SECOND);
    }

    @Override
    public void outageLasted(long ns) {
      observe(outage, ns / NS_PER_SECOND);
    }

    @Override
    public void metricChanged(double newInOld) {
      observe(ratio, newInOld);
    }

    @Override
    public void discoveryTook(boolean wasResolved, long ns) {
      observe(wasResolved ? resolved : failed, ns / NS_PER_SECOND);
    }
  }
}
