package dev.meshpath.frame;

import java.util.List;

/** Frames as the standard lays them out, written without a look at the decoder. */
public final class Frames {
  public static final long STA0 = 0x020000000000L;
  public static final long STA1 = 0x020000000100L;
  public static final long STA2 = 0x020000000200L;
  public static final long HOST = 0x0a0b0c0d0e0fL;
  public static final long BROADCAST = 0xffffffffffffL;

  /** Action, no flags. */
  public static final int ACTION = 0x00d0;

  public static final int RETRY = 0x0800;
  public static final int PROTECTED = 0x4000;
  public static final int ORDER = 0x8000;

  private Frames() {}

  /** What there is of a management frame before its body. */
  public static Bytes management(int frameControl, long receiver, long transmitter, int sequence) {
    Bytes frame =
        new Bytes()
            .u16(frameControl)
            .u16(0)
            .mac(receiver)
            .mac(transmitter)
            .mac(transmitter)
            .u16(sequence << 4);
    return (frameControl & ORDER) == 0 ? frame : frame.hex("03000080");
  }

  /** A mesh path selection frame of STA1 to everybody. */
  public static Bytes hwmp() {
    return management(ACTION, BROADCAST, STA1, 7).hex("0d01");
  }

  /** A self-protected frame of STA1 to STA0. */
  public static Bytes peering(int action) {
    return management(ACTION, STA0, STA1, 8).u8(15).u8(action);
  }

  public static Frame decode(byte[] bytes) {
    return FrameDecoder.captured(bytes, 0, bytes.length, bytes.length, false);
  }

  public static byte[] encode(Element element) {
    return switch (element) {
      case Preq preq -> encode(preq);
      case Prep prep -> encode(prep);
      case Perr perr -> encode(perr);
      case Rann rann ->
          new Bytes()
              .u8(rann.flags())
              .u8(rann.hopCount())
              .u8(rann.ttl())
              .mac(rann.root())
              .u32(rann.rootSn())
              .u32(rann.intervalTu())
              .u32(rann.airtimeMetric())
              .toArray();
      case Peering ignored -> throw new IllegalArgumentException("no element alone");
    };
  }

  public static int id(Element element) {
    return switch (element) {
      case Rann ignored -> 126;
      case Preq ignored -> 130;
      case Prep ignored -> 131;
      case Perr ignored -> 132;
      case Peering ignored -> 117;
    };
  }

  public static byte[] frame(List<? extends Element> elements) {
    Bytes frame = hwmp();
    elements.forEach(element -> frame.element(id(element), encode(element)));
    return frame.toArray();
  }

  private static byte[] encode(Preq preq) {
    Bytes bytes =
        new Bytes()
            .u8(preq.flags())
            .u8(preq.hopCount())
            .u8(preq.ttl())
            .u32(preq.preqId())
            .mac(preq.originator())
            .u32(preq.originatorSn());
    if ((preq.flags() & 0x40) != 0) {
      bytes.mac(preq.originatorExternal());
    }
    bytes.u32(preq.lifetimeTu()).u32(preq.airtimeMetric()).u8(preq.targetCount());
    for (Preq.Target target : preq.targets()) {
      bytes.u8(target.flags()).mac(target.address()).u32(target.sn());
    }
    return bytes.toArray();
  }

  private static byte[] encode(Prep prep) {
    Bytes bytes =
        new Bytes()
            .u8(prep.flags())
            .u8(prep.hopCount())
            .u8(prep.ttl())
            .mac(prep.target())
            .u32(prep.targetSn());
    if ((prep.flags() & 0x40) != 0) {
      bytes.mac(prep.targetExternal());
    }
    return bytes
        .u32(prep.lifetimeTu())
        .u32(prep.airtimeMetric())
        .mac(prep.originator())
        .u32(prep.originatorSn())
        .toArray();
  }

  private static byte[] encode(Perr perr) {
    Bytes bytes = new Bytes().u8(perr.ttl()).u8(perr.destinationCount());
    for (Perr.Destination destination : perr.destinations()) {
      bytes.u8(destination.flags()).mac(destination.address()).u32(destination.sn());
      if ((destination.flags() & 0x40) != 0) {
        bytes.mac(destination.external());
      }
      bytes.u16(destination.reasonCode());
    }
    return bytes.toArray();
  }
}
