package dev.meshpath.collector.meshpath.monitor;

import dev.meshpath.bounded.YoungestMap;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathListener;
import dev.meshpath.frame.Frame;
import dev.meshpath.frame.file.AirFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Joins two streams on the identity of a frame: what the kernel did, in its order, and what the
 * monitor interface heard. A received frame waits for a window until it was heard, and all that
 * happened after it waits behind it, so that the order stays. What was heard waits as long for the
 * kernel. Each step is a look into a hash table; of each stream the oldest goes when there are too
 * many. Only received frames are joined: a sent one has no sequence control yet when the kernel
 * shows it. For one thread, but for the counts.
 */
final class FrameJoin {
  /** Of each stream, and of what is remembered of it. */
  static final int LIMIT = 4096;

  /** Devices of one machine. */
  private static final int DEVICES = 64;

  private static final long GROUP = 0x0100_0000_0000L;

  private final MeshPathListener next;
  private final long windowNs;
  private final Deque<Item> stream = new ArrayDeque<>();
  private final Map<Transmission, List<Item.Received>> waiting = new HashMap<>();
  private final Map<Transmission, Heard> heard = new LinkedHashMap<>();
  private final Set<Handling> eventful = Collections.newSetFromMap(new YoungestMap<>(LIMIT));
  private final Set<Long> own = Collections.newSetFromMap(new YoungestMap<>(DEVICES));
  private final Map<Heard.Kind, Map<Heard.Fate, LongAdder>> counts =
      new EnumMap<>(Heard.Kind.class);
  private final LongAdder matched = new LongAdder();
  private final LongAdder unmatched = new LongAdder();

  /**
   * @param next gets what the kernel did, in its order, each received frame with what was heard
   * @param windowNs how long both sides wait for each other
   */
  FrameJoin(MeshPathListener next, long windowNs) {
    this.next = next;
    this.windowNs = windowNs;
    for (Heard.Kind kind : Heard.Kind.values()) {
      Map<Heard.Fate, LongAdder> fates = new EnumMap<>(Heard.Fate.class);
      for (Heard.Fate fate : Heard.Fate.values()) {
        fates.put(fate, new LongAdder());
      }
      counts.put(kind, fates);
    }
  }

  /** What the kernel did. */
  private sealed interface Item {
    record Event(MeshPathEvent event) implements Item {}

    record Sent(MeshFrame frame) implements Item {}

    /** A received frame, with what was heard of it as soon as it was. */
    final class Received implements Item {
      private final MeshFrame frame;
      private final Frame decoded;
      private final @Nullable Transmission transmission;
      private final boolean caused;
      private final long deadlineNs;
      private @Nullable Heard heard;

      Received(MeshFrame frame, boolean caused, long deadlineNs) {
        this.frame = frame;
        this.decoded = frame.frame().decode();
        this.transmission = Transmission.of(decoded.header());
        this.caused = caused;
        this.deadlineNs = deadlineNs;
      }
    }
  }

  /** The handling of a received frame, which its record and its events name. */
  private record Handling(int netns, int ifindex, long beganNs) {
    static Handling of(MeshPathEvent.Device device, long beganNs) {
      return new Handling(device.netns(), device.ifindex(), beganNs);
    }
  }

  /** How many frames of a kind, that were heard, met this fate. */
  long count(Heard.Kind kind, Heard.Fate fate) {
    return counter(kind, fate).sum();
  }

  /** How many frames that the kernel received were heard, or were not. */
  long records(boolean wereHeard) {
    return (wereHeard ? matched : unmatched).sum();
  }

  void onEvent(MeshPathEvent event, long nowNs) {
    if (event.cause().beganNs() != 0) {
      eventful.add(Handling.of(event.device(), event.cause().beganNs()));
    }
    stream.add(new Item.Event(event));
    advance(nowNs);
  }

  void onFrame(MeshFrame frame, long nowNs) {
    own.add(frame.device().address());
    stream.add(
        frame.direction() == MeshFrame.Direction.SENT
            ? new Item.Sent(frame)
            : received(frame, nowNs));
    advance(nowNs);
  }

  private Item.Received received(MeshFrame frame, long nowNs) {
    boolean caused = eventful.remove(Handling.of(frame.device(), frame.beganNs()));
    Item.Received received = new Item.Received(frame, caused, nowNs + windowNs);
    Transmission transmission = received.transmission;
    if (transmission != null && !meet(received, heard.get(transmission))) {
      waiting.computeIfAbsent(transmission, ignored -> new ArrayList<>(1)).add(received);
    }
    return received;
  }

  void onHeard(AirFrame air, long nowNs) {
    Heard frame = Heard.of(air, nowNs);
    if (frame == null) {
      return;
    }
    Heard former = heard.get(frame.transmission());
    if (former != null && former.is(frame)) {
      counter(frame.kind(), Heard.Fate.REPEATED).increment();
      return;
    }
    if (former != null) {
      forget(former);
    }
    heard.put(frame.transmission(), frame);
    List<Item.Received> these = waiting.get(frame.transmission());
    if (these != null) { // one for each device that received it
      these.removeIf(received -> meet(received, frame));
      if (these.isEmpty()) {
        waiting.remove(frame.transmission());
      }
    }
    advance(nowNs);
  }

  private static boolean meet(Item.Received received, @Nullable Heard frame) {
    if (frame == null || !frame.is(received.frame.frame(), received.decoded)) {
      return false;
    }
    received.heard = frame;
    frame.handled(received.caused);
    return true;
  }

  /** Hands on what waits no more. */
  void advance(long nowNs) {
    while (!stream.isEmpty() && (isReady(stream.getFirst(), nowNs) || stream.size() > LIMIT)) {
      handOn(stream.removeFirst());
    }
    Iterator<Heard> oldest = heard.values().iterator();
    while (oldest.hasNext()) {
      Heard frame = oldest.next();
      if (nowNs - frame.atNs() < windowNs && heard.size() <= LIMIT) {
        return;
      }
      oldest.remove();
      tally(frame);
    }
  }

  /** Hands on everything, and waits for nothing. */
  void end() {
    while (!stream.isEmpty()) {
      handOn(stream.removeFirst());
    }
    heard.values().forEach(this::tally);
    heard.clear();
  }

  private static boolean isReady(Item item, long nowNs) {
    return !(item instanceof Item.Received received)
        || received.heard != null
        || received.transmission == null
        || nowNs - received.deadlineNs >= 0;
  }

  private void handOn(Item item) {
    switch (item) {
      case Item.Event(MeshPathEvent event) -> next.onEvent(event);
      case Item.Sent(MeshFrame frame) -> next.onFrame(frame);
      case Item.Received received -> handOn(received);
    }
  }

  private void handOn(Item.Received received) {
    Heard by = received.heard;
    (by == null ? unmatched : matched).increment();
    if (by == null && received.transmission != null) {
      List<Item.Received> these = waiting.get(received.transmission);
      if (these != null && these.remove(received) && these.isEmpty()) {
        waiting.remove(received.transmission);
      }
    }
    next.onFrame(by == null ? received.frame : received.frame.received(by.reception()));
  }

  private void forget(Heard frame) {
    heard.remove(frame.transmission());
    tally(frame);
  }

  private void tally(Heard frame) {
    Heard.Fate fate = frame.fate();
    if (fate == Heard.Fate.UNHANDLED) {
      long receiver = frame.header().receiver();
      if (own.contains(frame.header().transmitter())) {
        fate = Heard.Fate.OWN;
      } else if ((receiver & GROUP) == 0 && !own.contains(receiver)) {
        fate = Heard.Fate.OVERHEARD;
      }
    }
    counter(frame.kind(), fate).increment();
  }

  private LongAdder counter(Heard.Kind kind, Heard.Fate fate) {
    return Objects.requireNonNull(Objects.requireNonNull(counts.get(kind)).get(fate));
  }
}
