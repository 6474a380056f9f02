package dev.meshpath.record.file;

import dev.meshpath.record.RecordHeader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What a recording begins with, in little endian order:
 *
 * <pre>
 *  0  8 bytes  89 'M' 'P' 'R' 0d 0a 1a 0a    as PNG's: a transfer as text is seen at once
 *  8  u16      version of the format
 * 10  u16      version of the layout of ring records, RECORD_ABI_VERSION
 * 12  u32      length of the facts
 * 16  bytes    facts: a properties file in ISO 8859-1
 *     u32      CRC-32C of all before
 * </pre>
 *
 * @param facts who recorded what: program, kernel, netns and so on
 */
public record RecordingHeader(Map<String, String> facts) {
  /** Who wrote it, with its version. */
  public static final String PROGRAM = "program";

  /** Release of the kernel. */
  public static final String KERNEL = "kernel";

  /** Where the records come from: {@code ring}, or {@code import}. */
  public static final String SOURCE = "source";

  /** Network namespaces that were watched: {@code own} or {@code all}. */
  public static final String NETNS = "netns";

  static final int FORMAT_VERSION = 1;
  static final byte[] MAGIC = {(byte) 0x89, 'M', 'P', 'R', '\r', '\n', 0x1a, '\n'};

  private static final int FIXED_BYTES = 16;

  /** Facts are short; whoever claims more lies. */
  private static final int MOST_FACT_BYTES = 64 << 10;

  /** The facts do not change any more. */
  public RecordingHeader {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /** A fact; empty if it is not known. */
  public String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  byte[] bytes() {
    StringBuilder lines = new StringBuilder();
    Properties escaped = new Properties();
    facts.forEach(
        (name, value) -> {
          escaped.clear();
          escaped.setProperty(name, value);
          lines.append(line(escaped));
        });
    byte[] text = lines.toString().getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes =
        ByteBuffer.allocate(FIXED_BYTES + text.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MAGIC)
            .putShort((short) FORMAT_VERSION)
            .putShort((short) RecordHeader.ABI_VERSION)
            .putInt(text.length)
            .put(text);
    return bytes.putInt(crc(bytes.array(), bytes.position())).array();
  }

  /** Without the comment that has the time of day: equal facts are equal bytes. */
  private static String line(Properties one) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      one.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    String text = out.toString(StandardCharsets.ISO_8859_1);
    return text.substring(text.indexOf('\n') + 1);
  }

  /**
   * Reads a header and not a byte more.
   *
   * @throws RecordingException if it is none that this program can use
   */
  static RecordingHeader read(InputStream in) throws IOException, RecordingException {
    byte[] fixed = in.readNBytes(FIXED_BYTES);
    if (fixed.length == 0) {
      throw new RecordingException("is empty: name a recording, as meshpath record writes it");
    }
    if (!Arrays.equals(fixed, 0, Math.min(fixed.length, 8), MAGIC, 0, Math.min(fixed.length, 8))) {
      throw new RecordingException(
          "is no recording of meshpath: name one, as meshpath record writes it");
    }
    if (fixed.length < FIXED_BYTES) {
      throw cut();
    }
    ByteBuffer fields = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
    int version = Short.toUnsignedInt(fields.getShort(8));
    if (version != FORMAT_VERSION) {
      throw new RecordingException(
          "has format "
              + version
              + ", and this program reads format "
              + FORMAT_VERSION
              + ": replay it with the version of meshpath that wrote it");
    }
    int abi = Short.toUnsignedInt(fields.getShort(10));
    if (abi != RecordHeader.ABI_VERSION) {
      throw new RecordingException(
          "has ring records of layout "
              + abi
              + ", and this program reads layout "
              + RecordHeader.ABI_VERSION
              + ": replay it with the version of meshpath that wrote it");
    }
    int length = fields.getInt(12);
    if (length < 0 || length > MOST_FACT_BYTES) {
      throw damaged();
    }
    byte[] rest = in.readNBytes(length + Integer.BYTES);
    if (rest.length < length + Integer.BYTES) {
      throw cut();
    }
    byte[] all = Arrays.copyOf(fixed, FIXED_BYTES + length);
    System.arraycopy(rest, 0, all, FIXED_BYTES, length);
    if (ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN).getInt(length)
        != crc(all, all.length)) {
      throw damaged();
    }
    return new RecordingHeader(facts(Arrays.copyOf(rest, length)));
  }

  private static Map<String, String> facts(byte[] text) throws IOException, RecordingException {
    Properties facts = new Properties();
    try {
      facts.load(new ByteArrayInputStream(text));
    } catch (IllegalArgumentException e) { // an escape that is none
      throw damaged();
    }
    Map<String, String> read = new TreeMap<>();
    facts.stringPropertyNames().forEach(name -> read.put(name, facts.getProperty(name)));
    return read;
  }

  private static RecordingException cut() {
    return new RecordingException("ends within its header: it was cut, and holds no event");
  }

  private static RecordingException damaged() {
    return new RecordingException("has a damaged header: get a copy that is whole");
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
