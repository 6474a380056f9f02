package dev.meshpath.collector.meshpath;

import dev.meshpath.frame.Element;
import dev.meshpath.frame.Frame;
import dev.meshpath.frame.HwmpElement;
import dev.meshpath.frame.Peering;
import dev.meshpath.frame.Perr;
import dev.meshpath.frame.Prep;
import dev.meshpath.frame.Preq;
import dev.meshpath.frame.Rann;
import dev.meshpath.net.MacAddress;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** How many path selection and peering frames came and went. */
public final class MeshFrameMetrics implements MeshPathListener, MultiCollector {
  private static final String RX = "rx";
  private static final String TX = "tx";
  private static final String FORWARD = "forward";
  private static final String OTHER = "other";

  /** A received element is the cause of what is sent on its behalf. */
  private static final List<PathCause> ELEMENTS =
      List.of(PathCause.PREQ, PathCause.PREP, PathCause.PERR, PathCause.RANN);

  /** IEEE 802.11-2020, table 9-49: what a PERR may say is 61 to 63. */
  private static final int FIRST_REASON = 61;

  private static final int REASONS = 3;

  /** Transmitters with series of their own, a device; the kernel takes 32 peers by default. */
  private static final int TRANSMITTER_LIMIT = 64;

  /** More than any host has; of more, the series of that which was silent for longest go. */
  private static final int DEVICE_LIMIT = 64;

  private final boolean labelNetns;
  private final Counter elements;
  private final Counter peerings;
  private final Counter errors;
  private final Counter requests;

  /** Whose frame was last, last. */
  private final SequencedMap<List<String>, OfDevice> devices = new LinkedHashMap<>();

  /** The device of the former frame, which mostly is that of the next. */
  private MeshPathEvent.@Nullable Device last;

  private @Nullable OfDevice ofLast;

  /**
   * @param labelNetns whether devices of several namespaces are told apart by a label {@code netns}
   */
  public MeshFrameMetrics(boolean labelNetns) {
    this.labelNetns = labelNetns;
    elements =
        counter(
            labelNetns,
            "dot11s_hwmp_frames",
            "HWMP elements that were received, sent, and handed on for others.",
            "direction",
            "element");
    peerings =
        counter(
            labelNetns,
            "dot11s_mpm_frames",
            "Peering frames that were received and sent.",
            "direction",
            "action");
    errors =
        counter(
            labelNetns,
            "dot11s_perr_destinations",
            "Destinations that cannot be reached, as received PERRs say, by reason code.",
            "reason_code");
    requests =
        counter(
            labelNetns,
            "dot11s_hwmp_originator_preq",
            "Received PREQs by the peer that transmitted them, which need not be their originator.",
            "peer");
  }

  @Override
  public void onEvent(MeshPathEvent event) {}

  @Override
  public void onFrame(MeshFrame meshFrame) {
    OfDevice device = device(meshFrame.device());
    boolean received = meshFrame.direction() == MeshFrame.Direction.RECEIVED;
    Frame frame = meshFrame.frame().decode();
    for (Element element : frame.elements()) {
      switch (element) {
        case Peering peering -> device.peering(received, peering.action()).inc();
        case HwmpElement hwmp when received ->
            device.receive(frame.header().transmitter(), hwmp, index(hwmp));
        case HwmpElement hwmp -> device.send(index(hwmp), meshFrame.cause().kind());
      }
    }
  }

  @Override
  public MetricSnapshots collect() {
    return new MetricSnapshots(all().<MetricSnapshot>map(Counter::collect).toList());
  }

  /** Its place in {@link #ELEMENTS}. */
  private static int index(HwmpElement element) {
    return switch (element) {
      case Preq _ -> 0;
      case Prep _ -> 1;
      case Perr _ -> 2;
      case Rann _ -> 3;
    };
  }

  private OfDevice device(MeshPathEvent.Device device) {
    OfDevice found = ofLast;
    if (found == null || !device.equals(last)) {
      found = ofNext(DeviceLabels.of(labelNetns, device));
      last = device;
      ofLast = found;
    }
    return found;
  }

  private OfDevice ofNext(List<String> device) {
    OfDevice found = devices.get(device);
    if (found == null) {
      found = new OfDevice(device);
    }
    devices.putLast(device, found);
    if (devices.size() > DEVICE_LIMIT) {
      List<String> silent = devices.pollFirstEntry().getKey();
      all().forEach(counter -> counter.removeIf(DeviceLabels.are(silent)));
    }
    return found;
  }

  private Stream<Counter> all() {
    return Stream.of(elements, peerings, errors, requests);
  }

  private static Counter counter(boolean labelNetns, String name, String help, String... more) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(DeviceLabels.names(labelNetns, more))
        .build();
  }

  /** The series of one device, looked up once; what happens in any mesh is there from the start. */
  private final class OfDevice {
    private final List<String> device;
    private final List<CounterDataPoint> received;
    private final List<CounterDataPoint> sent;
    private final List<CounterDataPoint> forwarded;
    private final List<CounterDataPoint> peeringsReceived;
    private final List<CounterDataPoint> peeringsSent;
    private final CounterDataPoint[] reasons = new CounterDataPoint[REASONS];
    private final Long2ObjectHashMap<CounterDataPoint> transmitters = new Long2ObjectHashMap<>();

    OfDevice(List<String> device) {
      this.device = device;
      received = elements(RX);
      sent = elements(TX);
      forwarded = elements(FORWARD);
      peeringsReceived = peerings(RX);
      peeringsSent = peerings(TX);
      for (int i = 0; i < REASONS; i++) {
        reasons[i] =
            errors.labelValues(DeviceLabels.values(device, Integer.toString(FIRST_REASON + i)));
      }
    }

    CounterDataPoint peering(boolean wasReceived, Peering.Action action) {
      return (wasReceived ? peeringsReceived : peeringsSent)
          .get(
              switch (action) {
                case OPEN -> 0;
                case CONFIRM -> 1;
                case CLOSE -> 2;
              });
    }

    void receive(long transmitter, HwmpElement element, int index) {
      received.get(index).inc();
      if (element instanceof Preq) {
        transmitter(transmitter).inc();
      } else if (element instanceof Perr perr) {
        perr.destinations().forEach(destination -> reason(destination.reasonCode()).inc());
      }
    }

    void send(int index, PathCause cause) {
      (cause == ELEMENTS.get(index) ? forwarded : sent).get(index).inc();
    }

    private CounterDataPoint reason(int code) {
      int index = code - FIRST_REASON;
      return index >= 0 && index < REASONS
          ? reasons[index]
          : errors.labelValues(DeviceLabels.values(device, OTHER));
    }

    private CounterDataPoint transmitter(long address) {
      CounterDataPoint known = transmitters.get(address);
      if (known == null) {
        boolean listed = transmitters.size() < TRANSMITTER_LIMIT;
        String peer = listed ? MacAddress.toString(address) : OTHER;
        known = requests.labelValues(DeviceLabels.values(device, peer));
        if (listed) {
          transmitters.put(address, known);
        }
      }
      return known;
    }

    private List<CounterDataPoint> elements(String direction) {
      return ELEMENTS.stream()
          .map(element -> DeviceLabels.values(device, direction, element.word()))
          .map(elements::labelValues)
          .toList();
    }

    private List<CounterDataPoint> peerings(String direction) {
      return Stream.of(Peering.Action.values())
          .map(action -> action.name().toLowerCase(Locale.ROOT))
          .map(action -> DeviceLabels.values(device, direction, action))
          .map(peerings::labelValues)
          .toList();
    }
  }
}
