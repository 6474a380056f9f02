package dev.meshpath.collector.meshpath.monitor;

import dev.meshpath.frame.Body;
import dev.meshpath.frame.Frame;
import dev.meshpath.frame.FrameHeader;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.Peering;
import dev.meshpath.frame.Perr;
import dev.meshpath.frame.Prep;
import dev.meshpath.frame.Preq;
import dev.meshpath.frame.Rann;
import dev.meshpath.frame.Reception;
import dev.meshpath.frame.file.AirFrame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A path selection or peering frame that the monitor interface has heard. */
final class Heard {
  private final Transmission transmission;
  private final AirFrame air;
  private final Kind kind;
  private final long atNs;
  private Fate fate = Fate.UNHANDLED;

  /** What it is; in lower case a word of metric labels. */
  enum Kind {
    PREQ,
    PREP,
    PERR,
    RANN,
    PEERING,
    /** Encrypted, as all path selection in a secured mesh. */
    PROTECTED
  }

  /** What became of it; in lower case a word of metric labels. */
  enum Fate {
    /** The kernel handled it, and something came of it. */
    EVENT,
    /** The kernel handled it, and nothing came of it. */
    NO_EVENT,
    /** It was for this node or for all, and the kernel has not shown it. */
    UNHANDLED,
    /** It was for another station. */
    OVERHEARD,
    /** This node sent it. */
    OWN,
    /** It was heard before. */
    REPEATED
  }

  private Heard(Transmission transmission, AirFrame air, Kind kind, long atNs) {
    this.transmission = transmission;
    this.air = air;
    this.kind = kind;
    this.atNs = atNs;
  }

  /** Null if the frame is none of those, or is damaged. */
  static @Nullable Heard of(AirFrame air, long nowNs) {
    Frame frame = air.frame();
    Transmission transmission = Transmission.of(frame.header());
    Kind kind = kind(frame);
    return transmission == null || kind == null || air.defect() != null
        ? null
        : new Heard(transmission, air, kind, nowNs);
  }

  private static @Nullable Kind kind(Frame frame) {
    if (!frame.header().isAction()) {
      return null;
    }
    if (frame.body() instanceof Body.Protected) {
      return Kind.PROTECTED;
    }
    if (frame.elements().isEmpty()) {
      return null;
    }
    return switch (frame.elements().getFirst()) {
      case Preq _ -> Kind.PREQ;
      case Prep _ -> Kind.PREP;
      case Perr _ -> Kind.PERR;
      case Rann _ -> Kind.RANN;
      case Peering _ -> Kind.PEERING;
    };
  }

  Transmission transmission() {
    return transmission;
  }

  FrameHeader header() {
    return air.frame().header();
  }

  Reception reception() {
    return air.reception();
  }

  Kind kind() {
    return kind;
  }

  /** When it came, on the clock of the join. */
  long atNs() {
    return atNs;
  }

  Fate fate() {
    return fate;
  }

  /** The kernel had it, too. */
  void handled(boolean caused) {
    fate = caused || fate == Fate.EVENT ? Fate.EVENT : Fate.NO_EVENT;
  }

  /** Whether the kernel's frame is this one. Of an encrypted one the header has to do. */
  boolean is(FrameSnapshot kernel, Frame decoded) {
    return kind == Kind.PROTECTED
        ? header().receiver() == decoded.header().receiver()
        : sameBody(kernel.bytes(), 0, decoded);
  }

  /** Whether somebody sends the same once more. */
  boolean is(Heard other) {
    return kind == other.kind
        && (kind == Kind.PROTECTED
            || sameBody(other.air.bytes(), other.air.offset(), other.air.frame()));
  }

  /** As far as both were kept. */
  private boolean sameBody(byte[] bytes, int offset, Frame frame) {
    if (!(air.frame().body() instanceof Body.Action ours)
        || !(frame.body() instanceof Body.Action theirs)) {
      return false;
    }
    int length = Math.min(ours.length(), theirs.length());
    int from = air.offset() + ours.offset();
    int to = offset + theirs.offset();
    return Arrays.equals(air.bytes(), from, from + length, bytes, to, to + length);
  }
}
