package dev.meshpath.frame;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** The name of a mesh: 0 to 32 arbitrary bytes, which are a text by habit only. */
public final class MeshId {
  /** The longest. */
  public static final int MAX_BYTES = 32;

  /** That of a device in no mesh, or the wildcard. */
  public static final MeshId NONE = new MeshId(new byte[0]);

  private static final int HASH_BYTES = 4;

  private final byte[] octets;

  /** Copies the bytes. */
  public MeshId(byte[] octets) {
    this.octets = octets.clone();
  }

  /** A copy of the bytes. */
  public byte[] octets() {
    return octets.clone();
  }

  /**
   * The id as a text that names all its bytes: UTF-8 without control characters stands for itself,
   * but for the backslash; if it is anything else, each byte that is not printable ASCII, and the
   * backslash, is {@code \xNN}.
   */
  public String text() {
    String text = printable();
    if (!text.isEmpty()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    for (byte octet : octets) {
      if (octet >= ' ' && octet < 0x7f && octet != '\\') {
        escaped.append((char) octet);
      } else {
        escaped.append(String.format(Locale.ROOT, "\\x%02x", Byte.toUnsignedInt(octet)));
      }
    }
    return escaped.toString();
  }

  /**
   * Tells meshes apart where their names are not to be told: the first 8 hexadecimal digits of the
   * SHA-256 of the bytes, as {@code printf %s valley | sha256sum} prints them; empty of {@link
   * #NONE}.
   */
  public String hash() {
    if (octets.length == 0) {
      return "";
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each Java has it
    }
  }

  private String printable() {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      boolean plain =
          text.codePoints()
              .noneMatch(
                  point -> point == '\\' || Character.isISOControl(point) || isInvisible(point));
      return plain ? text : "";
    } catch (CharacterCodingException e) {
      return "";
    }
  }

  /** What would change how a terminal shows the line around it. */
  private static boolean isInvisible(int point) {
    int type = Character.getType(point);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MeshId id && Arrays.equals(octets, id.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return text();
  }
}
