package dev.meshpath.frame;

import dev.meshpath.net.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From bytes to a {@link Frame}. Makes no string and throws nothing, whatever the bytes are. */
public final class FrameDecoder {
  private static final int SELF_PROTECTED = 15;
  private static final int MESH = 13;
  private static final int HWMP = 1;
  private static final int MESH_ID = 114;
  private static final int MIC = 140;

  /** Subtypes of data frames with this bit carry nothing. */
  private static final int NULL_DATA = 0x4;

  private static final int MESH_CONTROL_PRESENT = 0x0100;
  private static final int AGGREGATED = 0x0080;
  private static final int ETHERNET_BYTES = 14;
  private static final int ELEMENT_HEADER_BYTES = 2;

  private final byte[] bytes;
  private final int offset;
  private final int end;
  private final Defect cut;
  private @Nullable Defect defect;

  private FrameDecoder(byte[] bytes, int offset, int length, int frameLength) {
    this.bytes = bytes;
    this.offset = Math.clamp(offset, 0, bytes.length);
    int kept = Math.clamp(length, 0, bytes.length - this.offset);
    // bytes behind the end of the frame are none of it
    this.end = this.offset + Math.min(kept, Math.max(frameLength, 0));
    this.cut = kept < frameLength ? Defect.TRUNCATED : Defect.FRAME_LENGTH;
  }

  /**
   * Decodes a frame as it was on the air.
   *
   * @param bytes an array with the frame, without its frame check sequence
   * @param offset where the frame begins
   * @param length how many bytes were kept
   * @param frameLength how many it had
   * @param padded whether zeros follow the header up to a multiple of four bytes, as some radios do
   */
  public static Frame captured(
      byte[] bytes, int offset, int length, int frameLength, boolean padded) {
    return new FrameDecoder(bytes, offset, length, frameLength).decode(padded, false);
  }

  /**
   * Decodes a frame as mac80211 holds it: bodies are not encrypted there, though the bit may say
   * so. Parameters as for {@link #captured}.
   */
  public static Frame hooked(byte[] bytes, int offset, int length, int frameLength) {
    return new FrameDecoder(bytes, offset, length, frameLength).decode(false, true);
  }

  /**
   * Decodes a data frame as a network device hands it out: destination, source, EtherType. The
   * header that results has these two addresses, and those alone. Parameters as for {@link
   * #captured}.
   */
  public static Frame ethernet(byte[] bytes, int offset, int length, int frameLength) {
    return new FrameDecoder(bytes, offset, length, frameLength).decodeEthernet();
  }

  private Frame decodeEthernet() {
    Cursor in = new Cursor(bytes, offset, end);
    long destination = in.mac();
    long source = in.mac();
    int etherType = in.left() >= Short.BYTES ? in.u8() << Byte.SIZE | in.u8() : FrameHeader.ABSENT;
    FrameHeader header =
        new FrameHeader(
            FrameHeader.DATA << 2,
            destination,
            source,
            MacAddress.NONE,
            MacAddress.NONE,
            FrameHeader.ABSENT,
            FrameHeader.ABSENT,
            ETHERNET_BYTES);
    return etherType == FrameHeader.ABSENT
        ? new Frame(header, new Body.Other(), cut)
        : new Frame(
            header, new Body.Data(null, false, etherType, ETHERNET_BYTES, in.left()), truncation());
  }

  private Frame decode(boolean padded, boolean decrypted) {
    FrameHeader header = FrameHeader.read(new Cursor(bytes, offset, end), padded);
    if (header.version() != 0) {
      return new Frame(header, new Body.Other(), Defect.PROTOCOL_VERSION);
    }
    if (header.length() == 0 || end - offset < header.length()) {
      return new Frame(header, new Body.Other(), cut);
    }
    if (header.isProtected() && !decrypted && header.type() != FrameHeader.CONTROL) {
      return new Frame(header, new Body.Protected(), null);
    }
    int body = offset + header.length();
    if (header.isAction()) {
      return action(header, body);
    }
    return header.type() == FrameHeader.DATA && (header.subtype() & NULL_DATA) == 0
        ? data(header, body)
        : new Frame(header, new Body.Other(), null);
  }

  private Frame action(FrameHeader header, int body) {
    if (header.fragmentNumber() != 0) {
      return new Frame(header, new Body.Other(), Defect.FRAGMENT);
    }
    if (end - body < 2) {
      return new Frame(header, new Body.Other(), cut);
    }
    int category = Byte.toUnsignedInt(bytes[body]);
    int code = Byte.toUnsignedInt(bytes[body + 1]);
    List<Element> elements = new ArrayList<>(1);
    Peering.Action peering = Peering.Action.of(code);
    if (category == MESH && code == HWMP) {
      hwmp(body + 2, elements);
    } else if (category == SELF_PROTECTED && peering != null) {
      elements.add(peering(peering, new Cursor(bytes, body + 2, end)));
    } else {
      return new Frame(header, new Body.Other(), null);
    }
    return new Frame(header, new Body.Action(elements, body - offset, end - body), defect);
  }

  private void hwmp(int from, List<Element> elements) {
    int at = from;
    for (ElementBytes element = next(at); element != null; element = next(at)) {
      switch (element.id()) {
        case Preq.ID -> elements.add(Preq.read(element));
        case Prep.ID -> elements.add(Prep.read(element));
        case Perr.ID -> elements.add(Perr.read(element));
        case Rann.ID -> elements.add(Rann.read(element));
        default -> note(element.cut());
      }
      at = element.at() + element.length();
    }
    if (elements.isEmpty()) {
      note(truncation() == null ? Defect.ELEMENT_MISSING : cut);
    } else if (elements.getLast().defect() == null) {
      note(truncation()); // more elements may follow
    }
  }

  private Peering peering(Peering.Action action, Cursor in) {
    boolean close = action == Peering.Action.CLOSE;
    int capability = close || in.left() < Short.BYTES ? FrameHeader.ABSENT : in.u16();
    int aid =
        action != Peering.Action.CONFIRM || in.left() < Short.BYTES ? FrameHeader.ABSENT : in.u16();
    MeshId meshId = null;
    MeshConfiguration configuration = null;
    Peering.Management management = null;
    int hidden = 0;
    int at = in.at();
    for (ElementBytes element = next(at); element != null; element = next(at)) {
      at = element.at() + element.length();
      boolean whole = element.cut() == null;
      switch (element.id()) {
        case MESH_ID -> {
          boolean fits = element.length() <= MeshId.MAX_BYTES;
          meshId = fits && whole ? meshId(element) : meshId;
          note(fits ? element.cut() : Defect.ELEMENT_LENGTH);
        }
        case MeshConfiguration.ID -> {
          boolean fits = element.length() == MeshConfiguration.BYTES;
          configuration = fits && whole ? MeshConfiguration.read(element) : configuration;
          note(fits ? element.cut() : Defect.ELEMENT_LENGTH);
        }
        case Peering.ID -> {
          management = Peering.Management.read(element, action);
          note(management.defect());
        }
        case MIC -> {
          hidden = Math.max(0, end - at);
          at = end;
          note(element.cut());
        }
        default -> note(element.cut());
      }
    }
    if (truncation() != null) {
      note(cut);
    }
    Defect first = defect == null && management == null ? Defect.ELEMENT_MISSING : defect;
    defect = null; // it is the element's
    Peering.Management said =
        management == null
            ? new Peering.Management(0, 0, FrameHeader.ABSENT, FrameHeader.ABSENT, 0, first)
            : management;
    return new Peering(
        action,
        capability,
        aid,
        meshId,
        configuration,
        said.protocol(),
        said.localLinkId(),
        said.peerLinkId(),
        said.reasonCode(),
        hidden,
        said.fields(),
        first);
  }

  private static MeshId meshId(ElementBytes element) {
    return new MeshId(
        Arrays.copyOfRange(element.bytes(), element.at(), element.at() + element.length()));
  }

  /** The element that begins at {@code at}; null behind the last. */
  private @Nullable ElementBytes next(int at) {
    if (at >= end) {
      return null;
    }
    if (end - at < ELEMENT_HEADER_BYTES) {
      note(cut);
      return null;
    }
    int length = Byte.toUnsignedInt(bytes[at + 1]);
    int body = at + ELEMENT_HEADER_BYTES;
    return new ElementBytes(
        Byte.toUnsignedInt(bytes[at]),
        bytes,
        body,
        length,
        Math.min(end, body + length),
        body + length > end ? cut : null);
  }

  private Frame data(FrameHeader header, int body) {
    if (header.fragmentNumber() != 0) {
      return new Frame(header, new Body.Other(), Defect.FRAGMENT);
    }
    boolean aggregated = header.hasQos() && (header.qosControl() & AGGREGATED) != 0;
    if (aggregated || !mayHaveMeshControl(header, body)) {
      return new Frame(header, payload(null, aggregated, body), truncation());
    }
    Cursor in = new Cursor(bytes, body, end);
    MeshControl control = MeshControl.read(in);
    if (end - body < control.length()) {
      return new Frame(header, new Body.Other(), cut);
    }
    return control.addressExtension() == 3
        ? new Frame(header, new Body.Other(), Defect.ADDRESS_EXTENSION)
        : new Frame(header, payload(control, false, in.at()), truncation());
  }

  private Body payload(@Nullable MeshControl control, boolean aggregated, int at) {
    return new Body.Data(control, aggregated, FrameHeader.ABSENT, at - offset, end - at);
  }

  /**
   * A mesh sends with both DS bits, or group addressed from the DS, leaves the reserved flags 0,
   * and sets a bit that means something else outside a mesh. Linux 6.1 does not set it in the group
   * addressed frames that it forwards: there, an LLC header where it has to be decides.
   */
  private boolean mayHaveMeshControl(FrameHeader header, int body) {
    if (!header.fromDs() || end <= body || (bytes[body] & MeshControl.RESERVED_FLAGS) != 0) {
      return false;
    }
    return (header.hasQos() && (header.qosControl() & MESH_CONTROL_PRESENT) != 0)
        || hasSnap(body + MeshControl.read(new Cursor(bytes, body, end)).length());
  }

  private boolean hasSnap(int at) {
    int snap = 0x03aaaa;
    return end - at >= 3
        && ((Byte.toUnsignedInt(bytes[at + 2]) << 16)
                | (Byte.toUnsignedInt(bytes[at + 1]) << 8)
                | Byte.toUnsignedInt(bytes[at]))
            == snap;
  }

  /** The defect of a frame of which not all was kept; null if all was. */
  private @Nullable Defect truncation() {
    return cut == Defect.TRUNCATED ? cut : null;
  }

  /** Keeps the first. */
  private void note(@Nullable Defect found) {
    if (defect == null) {
      defect = found;
    }
  }
}
