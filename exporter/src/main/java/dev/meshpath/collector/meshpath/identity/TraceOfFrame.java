package dev.meshpath.collector.meshpath.identity;

import dev.meshpath.frame.Element;
import dev.meshpath.frame.Frame;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.MeshId;
import dev.meshpath.frame.Peering;
import dev.meshpath.frame.Perr;
import dev.meshpath.frame.Prep;
import dev.meshpath.frame.Preq;
import dev.meshpath.frame.Rann;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Which trace a frame is of, and which spans it has at its sender and at a receiver. */
public final class TraceOfFrame {
  /** To everybody. */
  static final long BROADCAST = 0xffff_ffff_ffffL;

  /** Error frames without sequence number that are further apart are two waves. */
  private static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(30);

  private final HwmpIds ids;
  private final SeenRequests requests = new SeenRequests();

  /** Remembers what it has placed: an answer is of the trace of its request. */
  public TraceOfFrame(HwmpIds ids) {
    this.ids = ids;
  }

  /** A frame with its place: its trace, and its spans at its sender and at each receiver. */
  public final class Placed {
    private final Frame frame;
    private final String trace;
    private final byte[] transmission;

    private Placed(Frame frame, String trace, byte[] transmission) {
      this.frame = frame;
      this.trace = trace;
      this.transmission = transmission;
    }

    /** Decoded; it has an element. */
    public Frame frame() {
      return frame;
    }

    /** Its first. */
    public Element element() {
      return frame.elements().getFirst();
    }

    /** 32 hexadecimal digits. */
    public String trace() {
      return trace;
    }

    /** Its span at the sender. */
    public String transmission() {
      return ids.transmission(transmission);
    }

    /** Its span at the receiver with this address. */
    public String reception(long own) {
      return ids.reception(transmission, own);
    }
  }

  /**
   * Null if the frame is neither of path selection nor of peering, or has lost what would tell.
   *
   * @param epochNs when it was; tells waves of errors apart that carry no sequence number
   */
  public @Nullable Placed place(FrameSnapshot snapshot, MeshId mesh, long epochNs) {
    Frame frame = snapshot.decode();
    if (frame.elements().isEmpty()) {
      return null;
    }
    Element element = frame.elements().getFirst();
    byte[] transmission = frame.transmission(snapshot.bytes(), 0);
    String trace =
        switch (element) {
          case Preq preq -> of(preq, mesh);
          case Prep prep -> of(prep, mesh);
          case Perr perr -> of(perr, mesh, epochNs);
          case Rann rann -> ids.traceOfAnnouncement(mesh, rann.root(), rann.rootSn());
          case Peering _ -> ids.traceOfPeering(transmission);
        };
    return trace.isEmpty() ? null : new Placed(frame, trace, transmission);
  }

  private String of(Preq preq, MeshId mesh) {
    if (preq.targets().isEmpty()) {
      return "";
    }
    long target = preq.targets().getFirst().address();
    requests.add(mesh, preq.originator(), preq.originatorSn(), target);
    return ids.traceOfDiscovery(mesh, preq.originator(), preq.originatorSn(), target);
  }

  private String of(Prep prep, MeshId mesh) {
    long target = requests.target(mesh, prep.originator(), prep.originatorSn(), prep.target());
    return ids.traceOfDiscovery(mesh, prep.originator(), prep.originatorSn(), target);
  }

  private String of(Perr perr, MeshId mesh, long epochNs) {
    if (perr.destinations().isEmpty()) {
      return "";
    }
    Perr.Destination first = perr.destinations().getFirst();
    long window = first.sn() == 0 ? epochNs / WINDOW_NS : 0;
    return ids.traceOfError(mesh, first.address(), first.sn(), first.reasonCode(), window);
  }
}
