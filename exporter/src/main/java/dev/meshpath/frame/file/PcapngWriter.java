package dev.meshpath.frame.file;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the format of Wireshark (draft-ietf-opsawg-pcapng). Each packet goes to the operating
 * system in one call, with the description of its interface where that is new: whenever the process
 * ends, the file is whole but for the last block. What exists is appended to, as a section of its
 * own, behind its last whole block. For one thread.
 */
public final class PcapngWriter implements Closeable {
  /** The most that is kept of a frame: any HWMP frame, and what a radio says of it. */
  public static final int SNAP_LENGTH = 512;

  /** Nobody has captured anything yet. */
  public static final long NEVER = Long.MAX_VALUE;

  static final int SECTION_BYTES = 16;
  static final int OPTION_PROGRAM = 4;

  private static final int OPTION_NAME = 2;
  private static final int OPTION_DESCRIPTION = 3;
  private static final int OPTION_ADDRESS = 6;
  private static final int OPTION_TIME_RESOLUTION = 9;
  private static final int OPTION_FCS_LENGTH = 13;
  private static final int OPTION_FLAGS = 2;

  private static final byte NANOSECONDS = 9;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int ADDRESS_BYTES = 6;

  /** So much of a text, and so many comments, fit into the buffer for sure. */
  private static final int TEXT_BYTES = 1024;

  private static final int COMMENTS = 32;

  private final FileChannel channel;
  private final Map<Device, Integer> devices = new HashMap<>();
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long bytes;
  private long beganNs;

  /** What the bytes of a packet begin with, by the numbers of the LINKTYPE_* registry. */
  public enum LinkType {
    /** LINKTYPE_ETHERNET. */
    ETHERNET(1),
    /** LINKTYPE_IEEE802_11. */
    IEEE80211(105),
    /** LINKTYPE_IEEE802_11_RADIOTAP. */
    RADIOTAP(127);

    private final int code;

    LinkType(int code) {
      this.code = code;
    }
  }

  /** Which way a packet went; the numbers of epb_flags. */
  public enum Direction {
    /** Received. */
    INBOUND(1),
    /** Sent. */
    OUTBOUND(2);

    private final int code;

    Direction(int code) {
      this.code = code;
    }
  }

  /**
   * An interface of the file.
   *
   * @param name as {@code mesh0}
   * @param description for people
   * @param address its MAC address, see {@code net.MacAddress}
   * @param linkType of its packets
   */
  public record Device(String name, String description, long address, LinkType linkType) {}

  /**
   * A frame without frame check sequence.
   *
   * @param device that received or sent it
   * @param epochNs when, in nanoseconds since 1970 (UTC)
   * @param direction which way it went
   * @param bytes its first ones
   * @param length how many it had
   * @param comments a line each
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Captured(
      Device device,
      long epochNs,
      Direction direction,
      byte[] bytes,
      int length,
      List<String> comments) {}

  private PcapngWriter(FileChannel channel, long bytes, long beganNs) {
    this.channel = channel;
    this.bytes = bytes;
    this.beganNs = beganNs;
  }

  /**
   * Begins a section in a file, which is made, for its owner's eyes only, if there is none.
   *
   * @param program who writes; the first word is its name, the rest its version
   * @throws CaptureException if the file is no capture of this program
   */
  public static PcapngWriter open(Path file, String program) throws IOException, CaptureException {
    Whole whole = Files.exists(file) ? whole(file, program) : new Whole(0, NEVER);
    Set<PosixFilePermission> owner =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(owner));
    PcapngWriter writer = new PcapngWriter(channel, whole.bytes(), whole.beganNs());
    try {
      channel.truncate(whole.bytes());
      channel.position(whole.bytes());
      writer.section(program);
    } catch (IOException e) {
      writer.close();
      throw e;
    }
    return writer;
  }

  /**
   * When the first packet of a file was captured, {@link #NEVER} if it has none.
   *
   * @param program as for {@link #open}
   * @throws CaptureException if the file is no capture of this program
   */
  public static long beganNs(Path file, String program) throws IOException, CaptureException {
    return whole(file, program).beganNs();
  }

  /**
   * What of a file is whole.
   *
   * @param bytes where its last whole block ends
   * @param beganNs time of its first packet
   */
  private record Whole(long bytes, long beganNs) {}

  private static Whole whole(Path file, String program) throws IOException, CaptureException {
    String name = program.replaceFirst(" .*", "");
    long bytes = 0;
    long beganNs = NEVER;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      requireSection(in, name);
      PcapngBlock block = PcapngBlock.read(in);
      if (block != null && !block.isSectionOf(name)) {
        throw foreign(name);
      }
      while (block != null) {
        bytes += block.bytes().length;
        if (beganNs == NEVER && block.isPacket()) {
          beganNs = block.epochNs();
        }
        block = PcapngBlock.readUndamaged(in);
      }
    }
    return new Whole(bytes, beganNs);
  }

  /** Nobody's file is cut off because it is no capture: what does not begin as one is refused. */
  private static void requireSection(InputStream in, String name)
      throws IOException, CaptureException {
    in.mark(Integer.BYTES);
    byte[] start = in.readNBytes(Integer.BYTES);
    in.reset();
    byte[] section = ByteBuffer.allocate(Integer.BYTES).putInt(PcapngBlock.SECTION).array();
    if (!Arrays.equals(start, Arrays.copyOf(section, start.length))) {
      throw foreign(name);
    }
  }

  private static CaptureException foreign(String name) {
    return new CaptureException("is no capture of " + name);
  }

  private void section(String program) throws IOException {
    buffer.clear();
    int start = begin(PcapngBlock.SECTION);
    buffer.putInt(PcapngBlock.BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1);
    option(OPTION_PROGRAM, text(program));
    end(start);
    write();
  }

  /**
   * Writes a packet, unless the file would become longer than that.
   *
   * @return how many bytes the file grew by; 0 if it has no room
   * @throws IOException if the disk does not take it; the file is as it was
   */
  public int write(Captured packet, long most) throws IOException {
    buffer.clear();
    Integer known = devices.get(packet.device());
    int index = known == null ? devices.size() : known;
    if (known == null) {
      describe(packet.device());
    }
    describe(packet, index);
    int size = buffer.position();
    if (bytes + size > most) {
      return 0;
    }
    write();
    devices.put(packet.device(), index);
    beganNs = beganNs == NEVER ? packet.epochNs() : beganNs;
    return size;
  }

  /** How long the file is. */
  public long bytes() {
    return bytes;
  }

  /** Time of the first packet, or {@link #NEVER}. */
  public long beganNs() {
    return beganNs;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void describe(Device device) {
    int start = begin(PcapngBlock.INTERFACE);
    buffer.putShort((short) device.linkType().code).putShort((short) 0).putInt(SNAP_LENGTH);
    option(OPTION_NAME, text(device.name()));
    option(OPTION_DESCRIPTION, text(device.description()));
    byte[] address = new byte[ADDRESS_BYTES];
    for (int octet = 0; octet < ADDRESS_BYTES; octet++) {
      address[octet] = (byte) (device.address() >>> (Byte.SIZE * (ADDRESS_BYTES - 1 - octet)));
    }
    option(OPTION_ADDRESS, address);
    option(OPTION_TIME_RESOLUTION, new byte[] {NANOSECONDS});
    option(OPTION_FCS_LENGTH, new byte[] {0});
    end(start);
  }

  private void describe(Captured packet, int index) {
    int start = begin(PcapngBlock.PACKET);
    int kept = Math.min(packet.bytes().length, SNAP_LENGTH);
    buffer
        .putInt(index)
        .putInt((int) (packet.epochNs() >>> Integer.SIZE))
        .putInt((int) packet.epochNs())
        .putInt(kept)
        .putInt(Math.max(packet.length(), kept))
        .put(packet.bytes(), 0, kept);
    pad();
    int said = Math.min(packet.comments().size(), COMMENTS);
    for (String comment : packet.comments().subList(0, said)) {
      option(PcapngBlock.OPTION_COMMENT, text(comment));
    }
    byte[] flags = {(byte) packet.direction().code, 0, 0, 0};
    option(OPTION_FLAGS, flags);
    end(start);
  }

  private int begin(int type) {
    int start = buffer.position();
    buffer.putInt(type).putInt(0);
    return start;
  }

  /** Ends the options, and fills in both lengths. */
  private void end(int start) {
    buffer.putInt(0);
    int length = buffer.position() + Integer.BYTES - start;
    buffer.putInt(start + Integer.BYTES, length).putInt(length);
  }

  private void option(int code, byte[] value) {
    buffer.putShort((short) code).putShort((short) value.length).put(value);
    pad();
  }

  private void pad() {
    while (buffer.position() % Integer.BYTES != 0) {
      buffer.put((byte) 0);
    }
  }

  /** At most so long; what is cut within a character ends before it. */
  private static byte[] text(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    if (octets.length <= TEXT_BYTES) {
      return octets;
    }
    int end = TEXT_BYTES;
    while ((octets[end] & 0xc0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(octets, end);
  }

  private void write() throws IOException {
    buffer.flip();
    int size = buffer.remaining();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer); // one call, unless the disk is full
      }
    } catch (IOException e) {
      channel.truncate(bytes);
      channel.position(bytes);
      throw e;
    }
    bytes += size;
  }
}
