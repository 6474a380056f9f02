package dev.meshpath.collector.meshpath.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathState;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.identity.EventTraces;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.MeshId;
import dev.meshpath.frame.Reception;
import dev.meshpath.net.MacAddress;
import dev.meshpath.record.KernelClock;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three stations in a row, C asks for A: what each of them sees becomes one trace. */
class MeshPathSpansTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final MeshId MESH = new MeshId(new byte[] {'m'});

  private final List<Node> nodes = new ArrayList<>(List.of(new Node(A), new Node(B), new Node(C)));
  private long now = 1_000_000;

  /** One station's exporter. */
  private static final class Node {
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();
    private final MeshPathEvent.Device device;
    private final Ids ids = new Ids();
    private final MeshPathSpans made;
    private final KernelClock clock = new KernelClock();
    private final EventTraces traces = new EventTraces();
    private final Map<MeshPathEvent, String> tracesWithoutSpans = new HashMap<>();
    private final List<MeshPathEvent> waiting = new ArrayList<>();

    Node(int station) {
      this(station, 1);
    }

    Node(int station, int refreshesPerSpan) {
      device = new MeshPathEvent.Device(1, 1, 0x30_6873_656dL, 0, Frames.station(station), MESH);
      OpenTelemetrySdk sdk =
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .setIdGenerator(ids)
                      .addSpanProcessor(SimpleSpanProcessor.create(spans))
                      .build())
              .setLoggerProvider(
                  SdkLoggerProvider.builder()
                      .addLogRecordProcessor(SimpleLogRecordProcessor.create(logs))
                      .build())
              .build();
      made =
          new MeshPathSpans(
              sdk.getTracer("test"),
              ids::choose,
              new EventLogs(sdk.getSdkLoggerProvider().get("test")),
              new KernelClock(),
              refreshesPerSpan);
    }

    void onFrame(MeshFrame frame) {
      made.onFrame(frame);
      String trace = traces.of(frame, clock.epochNs(frame.ktimeNs()));
      if (frame.attempt() != 0) {
        settle(frame.meshPath(), trace);
      }
    }

    void onEvent(MeshPathEvent event) {
      made.onEvent(event);
      String trace = traces.of(event, clock.epochNs(event.ktimeNs()));
      if (trace == null) {
        waiting.add(event);
      } else {
        tracesWithoutSpans.put(event, trace);
      }
      if (EventTraces.endsDiscovery(event)) {
        settle(event.meshPath(), null);
      }
    }

    /** Path 0 are all. */
    void settle(long meshPath, @Nullable String trace) {
      for (MeshPathEvent event : List.copyOf(waiting)) {
        if (meshPath == 0 || event.meshPath() == meshPath) {
          tracesWithoutSpans.put(event, trace == null ? traces.alone(event) : trace);
          waiting.remove(event);
        }
      }
    }
  }

  /** Whoever has no spans must come to the same traces, in each of these tests. */
  @AfterEach
  void tracesAreTheSameWithoutSpans() {
    for (Node node : nodes) {
      node.settle(0, null);
      for (SpanData span : node.spans.getFinishedSpanItems()) {
        String event = span.getAttributes().get(MeshAttributes.EVENT);
        Long ktimeNs = span.getAttributes().get(MeshAttributes.MONOTONIC_NS);
        for (MeshPathEvent seen : node.tracesWithoutSpans.keySet()) {
          if (seen.change().eventWord().equals(event) && Objects.equals(ktimeNs, seen.ktimeNs())) {
            assertThat(node.tracesWithoutSpans.get(seen)).isEqualTo(span.getTraceId());
          }
        }
      }
    }
  }

  private static final class Ids implements IdGenerator {
    private String trace = "";
    private String span = "";

    void choose(String nextTrace, String nextSpan) {
      trace = nextTrace;
      span = nextSpan;
    }

    @Override
    public String generateSpanId() {
      return span;
    }

    @Override
    public String generateTraceId() {
      return trace;
    }
  }

  @Test
  void discoveryIsOneTraceOfAllStations() {
    discovery(7);
    Set<String> traces =
        all().stream()
            .filter(span -> span.getName().startsWith("HWMP"))
            .map(SpanData::getTraceId)
            .collect(Collectors.toSet());
    assertThat(traces).hasSize(1);
    assertThat(all()).extracting(SpanData::getTraceId).hasSameElementsAs(traces);
  }

  @Test
  void parentsFollowTheFramesWay() {
    discovery(7);
    assertThat(way(one(C, "mesh path change", "assign")))
        .containsExactly(
            "mesh path change",
            "HWMP PREP receive",
            "HWMP PREP forward",
            "HWMP PREP receive",
            "HWMP PREP send",
            "HWMP PREQ receive",
            "HWMP PREQ forward",
            "HWMP PREQ receive",
            "HWMP PREQ send",
            "mesh path discovery");
  }

  @Test
  void rootIsWhoeverWantedThePath() {
    discovery(7);
    SpanData root = one(C, "mesh path discovery");
    assertThat(root.getParentSpanContext().isValid()).isFalse();
    assertThat(root.getAttributes().get(MeshAttributes.CAUSE)).isEqualTo("data_tx");
    assertThat(root.getAttributes().get(MeshAttributes.PID)).isEqualTo(4711);
    assertThat(root.getStatus()).isEqualTo(StatusData.unset());
  }

  @Test
  void whatHappenedBeforeThePreqIsPartOfTheDiscovery() {
    discovery(7);
    assertThat(way(one(C, "mesh path change", "add")))
        .containsExactly("mesh path change", "mesh path discovery");
    assertThat(way(one(C, "mesh path change", "discovery_queued")))
        .containsExactly("mesh path change", "mesh path discovery");
  }

  @Test
  void endOfTheDiscoveryIsPartOfItThoughTheAnswerCameBefore() {
    discovery(7);
    event(C, MeshPathChange.DISCOVERY_ENDED, A, 0xa, Cause.of(PathCause.TIMER));
    assertThat(way(one(C, "mesh path change", "discovery_ended")))
        .containsExactly("mesh path change", "mesh path discovery");
    assertThat(named(C, "mesh path discovery")).hasSize(1);
  }

  @Test
  void nextDiscoveryOfTheSamePathIsNoRetry() {
    discovery(7);
    send(C, Frames.preq(C, 0, C, 8, A, 2), 1, 0xa, data());
    event(C, MeshPathChange.DISCOVERY_ENDED, A, 0xa, Cause.of(PathCause.TIMER));
    assertThat(named(C, "mesh path discovery"))
        .hasSize(2)
        .allMatch(span -> span.getLinks().isEmpty())
        .allMatch(span -> span.getStatus().equals(StatusData.unset()));
  }

  @Test
  void frameThatIsSentAgainIsASpanOfItsOwn() {
    FrameSnapshot perr = Frames.perr(B, A, 12, 63);
    for (int i = 0; i < 2; i++) {
      send(B, perr, 0, 0, Cause.of(PathCause.DATA_RX));
      receive(C, perr);
    }
    assertThat(all()).hasSize(4).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
    assertThat(named(C, "HWMP PERR receive"))
        .extracting(SpanData::getParentSpanId)
        .containsOnly(named(B, "HWMP PERR send").getFirst().getSpanId());
  }

  @Test
  void frameThatIsSentAgainInAnotherWaveIsItsFirst() {
    FrameSnapshot perr = Frames.perr(B, A, 0, 63);
    for (int wave = 0; wave < 2; wave++) {
      send(B, perr, 0, 0, Cause.of(PathCause.DATA_RX));
      receive(C, perr);
      now += 60_000_000_000L;
    }
    List<SpanData> sent = named(B, "HWMP PERR send");
    List<SpanData> received = named(C, "HWMP PERR receive");
    assertThat(sent).extracting(SpanData::getTraceId).doesNotHaveDuplicates();
    for (int wave = 0; wave < 2; wave++) {
      assertThat(received.get(wave).getTraceId()).isEqualTo(sent.get(wave).getTraceId());
      assertThat(received.get(wave).getParentSpanId()).isEqualTo(sent.get(wave).getSpanId());
    }
  }

  @Test
  void whatTheRadioSaidIsOfTheReceivedFrame() {
    Reception radio =
        new Reception(
            OptionalInt.of(-55), OptionalInt.of(6_000), OptionalInt.of(2437), new byte[0]);
    receive(B, Frames.preq(C, 0, C, 7, A, 1).received(radio));
    assertThat(one(B, "HWMP PREQ receive").getAttributes().asMap())
        .containsEntry(MeshAttributes.SIGNAL_DBM, -55L)
        .containsEntry(MeshAttributes.RATE, 6_000_000L)
        .containsEntry(MeshAttributes.FREQUENCY, 2437L)
        .containsEntry(MeshAttributes.CHANNEL, 6L);
    receive(A, Frames.preq(C, 0, C, 8, A, 2));
    assertThat(one(A, "HWMP PREQ receive").getAttributes().asMap())
        .doesNotContainKeys(MeshAttributes.SIGNAL_DBM, MeshAttributes.CHANNEL);
  }

  @Test
  void sendersAreProducersAndReceiversConsumers() {
    discovery(7);
    assertThat(one(C, "HWMP PREQ send").getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(one(B, "HWMP PREQ receive").getKind()).isEqualTo(SpanKind.CONSUMER);
  }

  @Test
  void twoDiscoveriesWithTheSameNumberAreTwoTraces() {
    send(C, Frames.preq(C, 0, C, 7, A, 1), 1, 0xa, data());
    send(C, Frames.preq(C, 0, C, 7, B, 2), 1, 0xb, data());
    assertThat(all()).extracting(SpanData::getTraceId).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void pathThatWasForgottenAndAskedForAgainAtOnceHasARootOfItsOwnInTheSameTrace() {
    for (int preqId = 1; preqId <= 2; preqId++) {
      send(C, Frames.preq(C, 0, C, 7, A, preqId), 1, 0xa, data());
      event(C, MeshPathChange.DELETE, A, 0xa, Cause.of(PathCause.USER));
    }
    List<SpanData> roots = named(C, "mesh path discovery");
    assertThat(roots)
        .hasSize(2)
        .extracting(SpanData::getTraceId)
        .containsOnly(roots.getFirst().getTraceId());
    assertThat(named(C, "HWMP PREQ send"))
        .extracting(SpanData::getParentSpanId)
        .containsExactly(roots.getFirst().getSpanId(), roots.getLast().getSpanId())
        .doesNotHaveDuplicates();
  }

  @Test
  void retryIsLinkedToItsAttempt() {
    send(C, Frames.preq(C, 0, C, 7, A, 1), 1, 0xa, data());
    send(C, Frames.preq(C, 0, C, 8, A, 2), 2, 0xa, data());
    event(C, MeshPathChange.DISCOVERY_FAILED, A, 0xa, Cause.of(PathCause.TIMER));
    List<SpanData> roots = named(C, "mesh path discovery");
    assertThat(roots).hasSize(2);
    assertThat(roots.getFirst().getStatus())
        .isEqualTo(StatusData.create(StatusData.error().getStatusCode(), "not answered in time"));
    assertThat(roots.getLast().getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly(roots.getFirst().getSpanId());
    assertThat(roots.getLast().getStatus().getDescription()).isEqualTo("nobody answered");
    assertThat(roots.getLast().getTraceId()).isNotEqualTo(roots.getFirst().getTraceId());
  }

  @Test
  void answerToEverybodyIsOfThatRequestsTrace() {
    FrameSnapshot preq = Frames.preq(A, 0, A, 9, Frames.EVERYBODY, 3);
    send(A, preq, 0, 0, Cause.of(PathCause.TIMER));
    receive(B, preq);
    FrameSnapshot prep = Frames.prep(A, B, 0, A, 9, B, 4);
    send(B, prep, 0, 0, frameCause(PathCause.PREQ, preq));
    receive(A, prep);
    assertThat(all()).extracting(SpanData::getTraceId).containsOnly(all().getFirst().getTraceId());
    assertThat(way(one(A, "HWMP PREP receive")))
        .containsExactly(
            "HWMP PREP receive", "HWMP PREP send", "HWMP PREQ receive", "HWMP PREQ send");
  }

  @Test
  void answerToOneIsNotOfARequestToEverybodyWithTheSameNumber() {
    receive(B, Frames.preq(A, 0, A, 9, Frames.EVERYBODY, 3));
    FrameSnapshot asked = Frames.preq(A, 0, A, 9, B, 4);
    receive(B, asked);
    FrameSnapshot prep = Frames.prep(A, B, 0, A, 9, B, 4);
    send(B, prep, 0, 0, frameCause(PathCause.PREQ, asked));
    assertThat(one(B, "HWMP PREP send").getTraceId())
        .isEqualTo(named(B, "HWMP PREQ receive").getLast().getTraceId());
  }

  @Test
  void requestAfterAnAnnouncementIsLinkedToIt() {
    FrameSnapshot rann = Frames.rann(A, A, 5);
    receive(C, rann);
    send(C, Frames.preq(C, 0, C, 7, A, 1), 1, 0xa, frameCause(PathCause.RANN, rann));
    event(C, MeshPathChange.DISCOVERY_ENDED, A, 0xa, Cause.of(PathCause.TIMER));
    assertThat(one(C, "mesh path discovery").getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly(one(C, "HWMP RANN receive").getSpanId());
  }

  @Test
  void brokenLinkBeginsTheTraceOfItsErrorFrames() {
    MeshPathState after = new MeshPathState(Frames.station(A), 0, 12, 100, 0x14, 2, false, false);
    nodes
        .get(B)
        .made
        .onEvent(
            new MeshPathEvent(
                now,
                0,
                nodes.get(B).device,
                Frames.station(A),
                0xa,
                MeshPathChange.DEACTIVATE,
                0,
                0,
                after,
                after,
                Cause.of(PathCause.TX_FAILURE)));
    FrameSnapshot perr = Frames.perr(B, A, 12, 63);
    send(B, perr, 0, 0, Cause.of(PathCause.TX_FAILURE));
    receive(C, perr);
    assertThat(way(one(C, "HWMP PERR receive")))
        .containsExactly("HWMP PERR receive", "HWMP PERR send", "mesh path change");
  }

  @Test
  void whatOneCommandDidIsOneTrace() {
    Cause command =
        new Cause(PathCause.USER, 20, 99, 555, 0x7769L, 0, MacAddress.NONE, 0, FrameSnapshot.NONE);
    event(B, MeshPathChange.DELETE, A, 0xa, command);
    event(B, MeshPathChange.DELETE, C, 0xc, command);
    assertThat(all())
        .hasSize(2)
        .extracting(SpanData::getTraceId)
        .containsOnly(all().getFirst().getTraceId());
    assertThat(all()).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
    assertThat(all().getFirst().getAttributes().get(MeshAttributes.COMMAND)).isEqualTo("iw");
  }

  @Test
  void eventsAreLogRecordsOfTheirSpan() {
    discovery(7);
    SpanData change = one(C, "mesh path change", "assign");
    LogRecordData record =
        nodes.get(C).logs.getFinishedLogRecordItems().stream()
            .filter(log -> "assign".equals(log.getAttributes().get(MeshAttributes.EVENT)))
            .findFirst()
            .orElseThrow();
    assertThat(record.getSpanContext().getSpanId()).isEqualTo(change.getSpanId());
    assertThat(record.getSpanContext().getTraceId()).isEqualTo(change.getTraceId());
    assertThat(record.getEventName()).isEqualTo("mesh.path.change");
    assertThat(record.getAttributes().get(MeshAttributes.NEXT_HOP)).isEqualTo("02-00-00-00-01-00");
  }

  @Test
  void refreshesAreSampledAndCounted() {
    Node node = new Node(C, 10);
    nodes.set(C, node);
    for (int i = 0; i < 25; i++) {
      event(C, MeshPathChange.REASSIGN, A, 0xa, Cause.of(PathCause.PREQ));
    }
    event(C, MeshPathChange.CHANGE, A, 0xa, Cause.of(PathCause.PREQ));
    assertThat(named(C, "mesh path change")).hasSize(4);
    assertThat(node.made.sampledOut()).isEqualTo(22);
  }

  @Test
  void frameThatIsCutTooShortIsNoSpan() {
    receive(
        B,
        new FrameSnapshot(
            FrameSnapshot.Form.IEEE80211, 65, new byte[] {(byte) 0xd0, 0, 0, 0, 1, 2}));
    assertThat(all()).isEmpty();
  }

  /** C asks for A by way of B, which answers nothing itself. */
  private void discovery(int sn) {
    event(C, MeshPathChange.ADD, A, 0xa, data());
    event(C, MeshPathChange.DISCOVERY_QUEUED, A, 0xa, data());
    FrameSnapshot asked = Frames.preq(C, 0, C, sn, A, 1);
    send(C, asked, 1, 0xa, data());
    FrameSnapshot further = Frames.preq(B, 1, C, sn, A, 1);
    send(B, further, 0, 0, frameCause(PathCause.PREQ, asked));
    receive(B, asked);
    FrameSnapshot answer = Frames.prep(B, A, 0, C, sn, A, 3);
    send(A, answer, 0, 0, frameCause(PathCause.PREQ, further));
    receive(A, further);
    FrameSnapshot back = Frames.prep(C, B, 1, C, sn, A, 3);
    send(B, back, 0, 0, frameCause(PathCause.PREP, answer));
    receive(B, answer);
    event(C, MeshPathChange.ASSIGN, A, 0xa, frameCause(PathCause.PREP, back));
    receive(C, back);
  }

  private static Cause data() {
    return new Cause(
        PathCause.DATA_TX, 0, 4711, 500_000, 0, 0, MacAddress.NONE, 0, FrameSnapshot.NONE);
  }

  private static Cause frameCause(PathCause kind, FrameSnapshot frame) {
    return new Cause(kind, 0, 0, 900_000, 0, 0, MacAddress.NONE, 0, frame);
  }

  private void send(int node, FrameSnapshot frame, int attempt, long meshPath, Cause cause) {
    frame(node, MeshFrame.Direction.SENT, frame, attempt, meshPath, cause);
  }

  private void receive(int node, FrameSnapshot frame) {
    frame(node, MeshFrame.Direction.RECEIVED, frame, 0, 0, Cause.of(PathCause.PREQ));
  }

  private void frame(
      int node,
      MeshFrame.Direction direction,
      FrameSnapshot frame,
      int attempt,
      long meshPath,
      Cause cause) {
    now += 1000;
    Node at = nodes.get(node);
    at.onFrame(
        new MeshFrame(now, 0, at.device, direction, now - 500, meshPath, attempt, frame, cause));
  }

  private void event(int node, MeshPathChange change, int destination, long meshPath, Cause cause) {
    now += 1000;
    Node at = nodes.get(node);
    at.onEvent(
        new MeshPathEvent(
            now,
            0,
            at.device,
            Frames.station(destination),
            meshPath,
            change,
            0,
            0,
            null,
            Events.state(Frames.station(B), 0, Events.USABLE),
            cause));
  }

  private List<SpanData> all() {
    List<SpanData> all = new ArrayList<>();
    nodes.forEach(node -> all.addAll(node.spans.getFinishedSpanItems()));
    return all;
  }

  private List<SpanData> named(int node, String name) {
    return nodes.get(node).spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }

  private SpanData one(int node, String name) {
    assertThat(named(node, name)).hasSize(1);
    return named(node, name).getFirst();
  }

  private SpanData one(int node, String name, String event) {
    return named(node, name).stream()
        .filter(span -> event.equals(span.getAttributes().get(MeshAttributes.EVENT)))
        .findFirst()
        .orElseThrow();
  }

  /** The names from a span up to its root, over all stations. */
  private List<String> way(SpanData span) {
    List<String> way = new ArrayList<>();
    for (SpanData at = span; at != null; at = parentOf(at)) {
      way.add(at.getName());
    }
    return way;
  }

  private @Nullable SpanData parentOf(SpanData span) {
    return all().stream()
        .filter(
            other ->
                other.getSpanId().equals(span.getParentSpanId())
                    && other.getTraceId().equals(span.getTraceId()))
        .findFirst()
        .orElse(null);
  }
}
