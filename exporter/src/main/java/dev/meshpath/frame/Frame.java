package dev.meshpath.frame;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoded frame. It holds no reference to its bytes.
 *
 * @param header as far as it is there
 * @param body what follows
 * @param defect why header or body could not be decoded in full; null if they could. What is wrong
 *     within an element stands there
 */
public record Frame(FrameHeader header, Body body, @Nullable Defect defect) {
  private static final int ADDRESS_BYTES = 6;

  /** The HWMP and peering elements; none in any other frame. */
  public List<Element> elements() {
    return body instanceof Body.Action action ? action.elements() : List.of();
  }

  /**
   * What is the same of an action frame at its sender and at each of its receivers, and of no other
   * transmission nearby: destination, source, and the body from the category on. Sequence control,
   * which the sender does not know yet when its hook runs, duration, retry bit and HT control are
   * not in it.
   *
   * @param bytes that this frame was decoded from
   * @param offset where it began in them
   * @return six bytes, six bytes, body; empty if this is no action frame of the mesh
   */
  public byte[] transmission(byte[] bytes, int offset) {
    if (!(body instanceof Body.Action action)) {
      return new byte[0];
    }
    byte[] identity = new byte[2 * ADDRESS_BYTES + action.length()];
    put(header.destination(), identity, 0);
    put(header.source(), identity, ADDRESS_BYTES);
    int from = offset + action.offset();
    byte[] whole = Arrays.copyOfRange(bytes, from, from + action.length());
    System.arraycopy(whole, 0, identity, 2 * ADDRESS_BYTES, whole.length);
    return identity;
  }

  private static void put(long address, byte[] to, int at) {
    for (int octet = 0; octet < ADDRESS_BYTES; octet++) {
      to[at + octet] = (byte) (address >>> (Byte.SIZE * (ADDRESS_BYTES - 1 - octet)));
    }
  }
}
