package dev.meshpath.collector.meshpath.identity;

import dev.meshpath.frame.MeshId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of traces and spans that every node computes from the frame alone, so that they are the same
 * on all of them. The first bytes of SHA-256 over what is named at each method, in big-endian
 * order, behind a word that keeps kinds apart. For one thread.
 */
public final class HwmpIds {
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  private final MessageDigest digest;

  /** Needs nothing: each Java has the digest. */
  public HwmpIds() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The trace of one attempt of a discovery: PREQ and PREP carry all four. Originator and sequence
   * number alone are the same for all that a station asks within 50 ms.
   *
   * @param target broadcast in a proactive PREQ, and for the PREPs that answer it
   */
  public String traceOfDiscovery(MeshId mesh, long originator, int originatorSn, long target) {
    return trace("discovery", mesh, originator, Integer.toUnsignedLong(originatorSn), target);
  }

  /** The trace of one announcement of a root, through the whole mesh. */
  public String traceOfAnnouncement(MeshId mesh, long root, int rootSn) {
    return trace("rann", mesh, root, Integer.toUnsignedLong(rootSn));
  }

  /**
   * The trace of one wave of error frames.
   *
   * @param window tells waves apart that carry sequence number 0; else 0
   */
  public String traceOfError(MeshId mesh, long destination, int sn, int reasonCode, long window) {
    return trace("perr", mesh, destination, Integer.toUnsignedLong(sn), reasonCode, window);
  }

  /** The trace of what something local did: a command, a timer, the loss of a peer. */
  public String traceOfCause(MeshId mesh, long own, String cause, long beganNs) {
    return trace(cause, mesh, own, beganNs);
  }

  /** The trace of a peering frame; a device that has left its mesh still receives some. */
  public String traceOfPeering(byte[] transmission) {
    return hex(TRACE_BYTES, start("peering"), transmission);
  }

  /**
   * The span of a frame at its sender, which its receivers know, too.
   *
   * @param transmission destination, source and body, see {@code frame.Frame#transmission}
   */
  public String transmission(byte[] transmission) {
    return hex(SPAN_BYTES, start("sent"), transmission);
  }

  /** The span of the same frame at the receiver whose address is {@code own}. */
  public String reception(byte[] transmission, long own) {
    return hex(SPAN_BYTES, start("received").put(own), transmission);
  }

  /** A span of what a node did within a trace. */
  public String span(String trace, long own, String what, long which, long ktimeNs) {
    Input input = start(what).put(trace).put(own).put(which).put(ktimeNs);
    return hex(SPAN_BYTES, input, new byte[0]);
  }

  private String trace(String kind, MeshId mesh, long... words) {
    Input input = start(kind).put(mesh);
    for (long word : words) {
      input.put(word);
    }
    return hex(TRACE_BYTES, input, new byte[0]);
  }

  private Input start(String kind) {
    digest.reset();
    return new Input().put(kind);
  }

  private String hex(int bytes, Input input, byte[] last) {
    input.put(last);
    return HexFormat.of().formatHex(digest.digest(), 0, bytes);
  }

  /**
   * What goes into the digest; texts and ids with their length, so that none runs into the next.
   */
  private final class Input {
    Input put(String text) {
      return put(text.getBytes(StandardCharsets.UTF_8));
    }

    Input put(MeshId mesh) {
      return put(mesh.octets());
    }

    Input put(long word) {
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, word));
      return this;
    }

    Input put(byte[] octets) {
      put((long) octets.length);
      digest.update(octets);
      return this;
    }
  }
}
