package dev.meshpath.libbpf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** BTF made by hand, type by type: Documentation/bpf/btf.rst of the kernel. */
public final class BtfBytes {
  private static final int HEADER_BYTES = 24;
  private static final int INT = 1;
  private static final int STRUCT = 4;
  private static final int FUNC = 12;
  private static final int FUNC_PROTO = 13;

  private final ByteArrayOutputStream types = new ByteArrayOutputStream();
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private final int baseStringBytes;

  /** BTF that stands alone: its first string is the empty one. */
  public BtfBytes() {
    this(0);
    strings.write(0);
  }

  /** BTF whose strings go on where those of a base of that many bytes end. */
  BtfBytes(int baseStringBytes) {
    this.baseStringBytes = baseStringBytes;
  }

  /** An unsigned integer. */
  public BtfBytes integer(String name, int bytes) {
    return words(string(name), INT << 24, bytes, 8 * bytes);
  }

  /**
   * A struct.
   *
   * @param members a name, a type id and an offset in bytes each
   */
  public BtfBytes struct(String name, int bytes, Object... members) {
    words(string(name), STRUCT << 24 | members.length / 3, bytes);
    for (int i = 0; i < members.length; i += 3) {
      words(string((String) members[i]), (int) members[i + 1], 8 * (int) members[i + 2]);
    }
    return this;
  }

  /** A function without arguments, and its prototype before it. */
  BtfBytes function(String name, int ownTypeId) {
    return words(0, FUNC_PROTO << 24, 0).functionNamed(string(name), ownTypeId);
  }

  /** A function whose name stands at that offset of all strings, the base's first. */
  BtfBytes functionNamed(int nameOffset, int prototypeId) {
    return words(nameOffset, FUNC << 24, prototypeId);
  }

  /** A type of any kind. */
  BtfBytes type(String name, int kind, int sizeOrType, int... trailing) {
    return words(string(name), kind, sizeOrType).words(trailing);
  }

  /** All of it. */
  public byte[] bytes() {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.nativeOrder());
    header
        .putShort((short) 0xeb9f)
        .put((byte) 1)
        .put((byte) 0)
        .putInt(HEADER_BYTES)
        .putInt(0)
        .putInt(types.size())
        .putInt(types.size())
        .putInt(strings.size());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(header.array());
    all.writeBytes(types.toByteArray());
    all.writeBytes(strings.toByteArray());
    return all.toByteArray();
  }

  private BtfBytes words(int... words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES * words.length).order(ByteOrder.nativeOrder());
    for (int word : words) {
      bytes.putInt(word);
    }
    types.writeBytes(bytes.array());
    return this;
  }

  private int string(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    int offset = baseStringBytes + strings.size();
    strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    strings.write(0);
    return offset;
  }
}
