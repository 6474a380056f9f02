package dev.meshpath.collector.meshpath.trace;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathListener;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.identity.HwmpIds;
import dev.meshpath.collector.meshpath.identity.TraceOfFrame;
import dev.meshpath.frame.Peering;
import dev.meshpath.frame.Preq;
import dev.meshpath.net.MacAddress;
import dev.meshpath.record.KernelClock;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Frames and events as spans. A frame is a span at its sender and one at each receiver, whose
 * parent is the sender's; what a node sends because of a frame is a child of the received one, and
 * so is each change of a path. A discovery begins with the span of whoever wanted the path. On the
 * ring's thread.
 */
public final class MeshPathSpans implements MeshPathListener {
  /** IEEE 802.11-2020, table 9-49: what net/mac80211/mesh_hwmp.c:mesh_plink_broken says. */
  private static final int DESTINATION_UNREACHABLE = 63;

  private static final String ROOT = "discovery";
  private static final String BROKEN = "broken";

  private final Tracer tracer;
  private final ChosenIds chosen;
  private final EventLogs logs;
  private final KernelClock clock;
  private final HwmpIds ids = new HwmpIds();
  private final TraceOfFrame traces = new TraceOfFrame(ids);
  private final Discoveries discoveries = new Discoveries();
  private final Repeats repeats = new Repeats();
  private final int refreshesPerSpan;
  private long refreshes;
  private long sampledOut;

  /**
   * @param chosen the ids of the spans that {@code tracer} makes
   * @param logs where each event goes, too
   * @param refreshesPerSpan of so many refreshes that changed nothing one is a span
   */
  public MeshPathSpans(
      Tracer tracer, ChosenIds chosen, EventLogs logs, KernelClock clock, int refreshesPerSpan) {
    this.tracer = tracer;
    this.chosen = chosen;
    this.logs = logs;
    this.clock = clock;
    this.refreshesPerSpan = refreshesPerSpan;
    EventAttributes.prepare();
  }

  /** Refreshes that are no span, because only one in so many is. */
  public long sampledOut() {
    return sampledOut;
  }

  // --- frames ------------------------------------------------------------------------------------

  @Override
  public void onFrame(MeshFrame frame) {
    TraceOfFrame.Placed placed =
        traces.place(frame.frame(), frame.device().meshId(), clock.epochNs(frame.ktimeNs()));
    if (placed == null) {
      return;
    }
    if (frame.direction() == MeshFrame.Direction.RECEIVED) {
      received(frame, placed);
    } else {
      sent(frame, placed);
    }
  }

  private void received(MeshFrame frame, TraceOfFrame.Placed placed) {
    String parent = placed.transmission();
    Builder span =
        new Builder(name(placed, "receive"), SpanKind.CONSUMER, placed.trace(), parent)
            .put(frame.device(), frame.ktimeNs());
    FrameAttributes.put(span.attributes, placed.frame(), placed.element());
    FrameAttributes.put(span.attributes, frame.frame().reception());
    String id = own(placed.reception(frame.device().address()), placed, frame);
    span.make(id, frame.beganNs(), frame.ktimeNs());
  }

  private void sent(MeshFrame frame, TraceOfFrame.Placed placed) {
    String parent = "";
    SpanContext link = SpanContext.getInvalid();
    boolean forwarded = false;
    TraceOfFrame.Placed cause = causeOf(frame);
    if (frame.attempt() != 0) {
      parent = begin(frame, placed).root();
    } else if (cause != null) {
      String reception = cause.reception(frame.device().address());
      forwarded = cause.element().getClass() == placed.element().getClass();
      if (cause.trace().equals(placed.trace())) {
        parent = reception;
      } else {
        link = context(cause.trace(), reception);
      }
    } else if (frame.cause().kind() == PathCause.TX_FAILURE) {
      parent = ids.span(placed.trace(), frame.device().address(), BROKEN, 0, 0);
    }
    Builder span =
        new Builder(
                name(placed, forwarded ? "forward" : "send"),
                SpanKind.PRODUCER,
                placed.trace(),
                parent)
            .put(frame.device(), frame.ktimeNs())
            .link(link);
    FrameAttributes.put(span.attributes, placed.frame(), placed.element());
    EventAttributes.put(span.attributes, frame.cause());
    span.make(own(placed.transmission(), placed, frame), frame.ktimeNs(), frame.ktimeNs());
  }

  /** The id that all nodes know is that of the first of several equal frames of a trace. */
  private String own(String known, TraceOfFrame.Placed placed, MeshFrame frame) {
    return repeats.isFirst(placed.trace(), known)
        ? known
        : ids.span(placed.trace(), frame.device().address(), known, 0, frame.ktimeNs());
  }

  /** The received frame that made the node send this one; null if it was something else. */
  private TraceOfFrame.@Nullable Placed causeOf(MeshFrame frame) {
    return frame.cause().element() == 0
        ? null
        : traces.place(
            frame.cause().frame(), frame.device().meshId(), clock.epochNs(frame.ktimeNs()));
  }

  private static String name(TraceOfFrame.Placed placed, String what) {
    return placed.element() instanceof Peering
        ? "mesh peering " + what
        : "HWMP " + FrameAttributes.word(placed.element()) + " " + what;
  }

  // --- discoveries -------------------------------------------------------------------------------

  /** A PREQ of ours goes out: a trace begins, with whoever wanted the path. */
  private Discoveries.Attempt begin(MeshFrame frame, TraceOfFrame.Placed placed) {
    Discoveries.Discovery discovery = discoveries.find(frame.meshPath());
    Discoveries.Attempt former = discovery == null ? null : discovery.unanswered();
    long target =
        placed.element() instanceof Preq preq
            ? preq.targets().getFirst().address()
            : MacAddress.NONE;
    end(former, frame.ktimeNs(), "not answered in time");
    long beganNs =
        former == null && frame.cause().beganNs() != 0 ? frame.cause().beganNs() : frame.ktimeNs();
    Discoveries.Attempt attempt =
        new Discoveries.Attempt(
            frame.attempt(),
            placed.trace(),
            // the time, too: who forgets a path and asks again within 50 ms is in the same trace
            ids.span(
                placed.trace(), frame.device().address(), ROOT, frame.attempt(), frame.ktimeNs()),
            beganNs,
            frame.device(),
            target,
            frame.cause(),
            former);
    for (MeshPathEvent waited : discoveries.begin(frame.meshPath(), attempt)) {
      change(waited, attempt.trace(), attempt.root());
    }
    return attempt;
  }

  /**
   * @param failure what went wrong; empty: it was answered
   */
  private void end(Discoveries.@Nullable Attempt attempt, long ktimeNs, String failure) {
    if (attempt == null) {
      return;
    }
    Builder span =
        new Builder("mesh path discovery", SpanKind.INTERNAL, attempt.trace(), "")
            .put(attempt.device(), attempt.beganNs())
            .link(linkOf(attempt))
            .fail(failure);
    span.attributes.put(MeshAttributes.DESTINATION, MacAddress.toAttribute(attempt.destination()));
    span.attributes.put(MeshAttributes.ATTEMPT, (long) attempt.number());
    EventAttributes.put(span.attributes, attempt.cause());
    span.make(attempt.root(), attempt.beganNs(), ktimeNs);
  }

  /** To the attempt before, or to the frame of another trace that was answered by asking. */
  private SpanContext linkOf(Discoveries.Attempt attempt) {
    Discoveries.Attempt former = attempt.former();
    if (former != null) {
      return context(former.trace(), former.root());
    }
    Cause cause = attempt.cause();
    TraceOfFrame.Placed placed =
        cause.element() == 0
            ? null
            : traces.place(
                cause.frame(), attempt.device().meshId(), clock.epochNs(cause.beganNs()));
    return placed == null
        ? SpanContext.getInvalid()
        : context(placed.trace(), placed.reception(attempt.device().address()));
  }

  // --- events ------------------------------------------------------------------------------------

  @Override
  public void onEvent(MeshPathEvent event) {
    if (event.change() == MeshPathChange.REASSIGN && refreshes++ % refreshesPerSpan != 0) {
      sampledOut++;
      endDiscovery(event);
      return;
    }
    Discoveries.Discovery discovery = discoveries.find(event.meshPath());
    Discoveries.Attempt attempt = discovery == null ? null : discovery.attempt();
    if (event.cause().element() != 0) {
      ofFrame(event);
    } else if (attempt != null && isOfDiscovery(event)) {
      change(event, attempt.trace(), attempt.root());
    } else if (isOfDiscovery(event)) {
      discoveries.await(event).forEach(this::alone);
    } else if (event.change() == MeshPathChange.DEACTIVATE && event.after() != null) {
      String trace =
          ids.traceOfError(
              event.device().meshId(),
              event.destination(),
              event.after().sequenceNumber(),
              DESTINATION_UNREACHABLE,
              0);
      make(event, trace, "", ids.span(trace, event.device().address(), BROKEN, 0, 0));
    } else {
      alone(event);
    }
    endDiscovery(event);
  }

  private void ofFrame(MeshPathEvent event) {
    TraceOfFrame.Placed placed =
        traces.place(
            event.cause().frame(), event.device().meshId(), clock.epochNs(event.ktimeNs()));
    if (placed == null) {
      alone(event);
    } else {
      change(event, placed.trace(), placed.reception(event.device().address()));
    }
  }

  /** An event before the PREQ, or of its timer. */
  private static boolean isOfDiscovery(MeshPathEvent event) {
    return event.meshPath() != 0
        && (event.change().subject() == MeshPathChange.Subject.DISCOVERY
            || (event.change() == MeshPathChange.ADD && event.cause().kind() == PathCause.DATA_TX));
  }

  /** Whatever one command, one timer or one lost peer did is one trace. */
  private void alone(MeshPathEvent event) {
    Cause cause = event.cause();
    long beganNs = cause.beganNs() != 0 ? cause.beganNs() : event.ktimeNs();
    change(
        event,
        ids.traceOfCause(
            event.device().meshId(), event.device().address(), cause.kind().word(), beganNs),
        "");
  }

  private void endDiscovery(MeshPathEvent event) {
    switch (event.change()) {
      case ASSIGN, CHANGE, REASSIGN -> {
        Discoveries.Discovery discovery = discoveries.find(event.meshPath());
        if (discovery != null && event.cause().kind() == PathCause.PREP) {
          end(discovery.unanswered(), event.ktimeNs(), "");
          discovery.answer();
        }
      }
      case DISCOVERY_ENDED -> forget(event, "");
      case DISCOVERY_FAILED -> forget(event, "nobody answered");
      case DELETE -> forget(event, "the path was deleted meanwhile");
      default -> {}
    }
  }

  private void forget(MeshPathEvent event, String failure) {
    Discoveries.Discovery over = discoveries.end(event.meshPath());
    if (over != null) {
      Discoveries.waiting(over).forEach(this::alone);
      end(over.unanswered(), event.ktimeNs(), failure);
    }
  }

  private void change(MeshPathEvent event, String trace, String parent) {
    String span =
        ids.span(
            trace,
            event.device().address(),
            event.change().eventWord(),
            event.destination(),
            event.ktimeNs());
    make(event, trace, parent, span);
  }

  private void make(MeshPathEvent event, String trace, String parent, String id) {
    boolean peer = event.change() == MeshPathChange.PEER_STATE;
    Builder span =
        new Builder(peer ? "mesh peering" : "mesh path change", SpanKind.INTERNAL, trace, parent)
            .put(event.device(), event.ktimeNs())
            .fail(
                event.change() == MeshPathChange.DISCOVERY_FAILED
                    ? "nobody answered"
                    : event.change() == MeshPathChange.ADD_FAILED ? "refused" : "");
    EventAttributes.put(span.attributes, event);
    Attributes attributes = span.make(id, event.ktimeNs(), event.ktimeNs());
    logs.emit(event, clock.epochNs(event.ktimeNs()), context(trace, id), attributes);
  }

  private static SpanContext context(String trace, String span) {
    return SpanContext.createFromRemoteParent(
        trace, span, TraceFlags.getSampled(), TraceState.getDefault());
  }

  /** A span in the making. */
  private final class Builder {
    private final AttributesBuilder attributes = Attributes.builder();
    private final SpanBuilder span;
    private final String trace;
    private String failure = "";

    /**
     * @param parent 16 hexadecimal digits, or empty
     */
    Builder(String name, SpanKind kind, String trace, String parent) {
      this.trace = trace;
      span = tracer.spanBuilder(name).setSpanKind(kind);
      if (parent.isEmpty()) {
        span.setNoParent();
      } else {
        span.setParent(Context.root().with(Span.wrap(context(trace, parent))));
      }
    }

    Builder put(MeshPathEvent.Device device, long ktimeNs) {
      EventAttributes.put(attributes, device, ktimeNs);
      return this;
    }

    Builder link(SpanContext to) {
      if (to.isValid()) {
        span.addLink(to);
      }
      return this;
    }

    Builder fail(String why) {
      failure = why;
      return this;
    }

    Attributes make(String id, long beginNs, long endNs) {
      Attributes all = attributes.build();
      chosen.next(trace, id);
      Span started =
          span.setAllAttributes(all)
              .setStartTimestamp(clock.epochNs(beginNs), TimeUnit.NANOSECONDS)
              .startSpan();
      if (!failure.isEmpty()) {
        started.setStatus(StatusCode.ERROR, failure);
      }
      started.end(clock.epochNs(endNs), TimeUnit.NANOSECONDS);
      return all;
    }
  }
}
