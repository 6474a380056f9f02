package dev.meshpath.libbpf;

import dev.meshpath.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BPF Type Format, as far as we ask it: layouts of structs, offsets of variables, names of
 * functions. Format: Documentation/bpf/btf.rst.
 *
 * <p>The BTF of a kernel module is "split": its type ids and string offsets go on where those of
 * vmlinux end.
 */
public final class Btf {
  /** A member of a struct: offset and size in bytes. */
  public record Member(String name, int offset, int size, int typeId) {}

  private static final int MAGIC = 0xeb9f;
  private static final int TYPE_BYTES = 12;
  private static final int MEMBER_BYTES = 12;

  private static final int INT = 1;
  private static final int PTR = 2;
  private static final int ARRAY = 3;
  private static final int STRUCT = 4;
  private static final int UNION = 5;
  private static final int ENUM = 6;
  private static final int TYPEDEF = 8;
  private static final int VOLATILE = 9;
  private static final int CONST = 10;
  private static final int RESTRICT = 11;
  private static final int FUNC = 12;
  private static final int FUNC_PROTO = 13;
  private static final int VAR = 14;
  private static final int DATASEC = 15;
  private static final int FLOAT = 16;
  private static final int DECL_TAG = 17;
  private static final int TYPE_TAG = 18;
  private static final int ENUM64 = 19;

  private final ByteBuffer bytes;
  private final int strings;
  private final int baseStringBytes;

  /** Byte offset of each own type; index 0 is the first own type. */
  private final List<Integer> types = new ArrayList<>();

  private Btf(ByteBuffer bytes, int baseStringBytes) {
    this.bytes = bytes;
    this.baseStringBytes = baseStringBytes;
    if (bytes.remaining() < 24 || Short.toUnsignedInt(bytes.getShort(0)) != MAGIC) {
      throw new IllegalArgumentException("not BTF: bad magic");
    }
    int header = bytes.getInt(4);
    int firstType = header + bytes.getInt(8);
    int endOfTypes = firstType + bytes.getInt(12);
    this.strings = header + bytes.getInt(16);
    if (header < 24 || endOfTypes > bytes.limit() || strings > bytes.limit()) {
      throw new IllegalArgumentException("not BTF: its header points outside");
    }
    int at = firstType;
    while (at < endOfTypes) {
      types.add(at);
      at += TYPE_BYTES + trailingBytes(at);
    }
  }

  /** BTF that stands alone, as that of a BPF object. */
  public static Btf parse(byte[] raw) {
    return new Btf(ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder()), 0);
  }

  /**
   * BTF that stands alone, of a file.
   *
   * @throws Failure that names the file if it cannot be read or is no BTF
   */
  public static Btf read(Path file) {
    try {
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new Failure(file + " cannot be read: name another BTF file.", e);
    } catch (RuntimeException e) { // what its numbers point to is not in it
      throw new Failure(
          file + " is no BTF: name a file that pahole --btf_encode_detached wrote.", e);
    }
  }

  /**
   * The BTF of a kernel module.
   *
   * @param raw as {@code /sys/kernel/btf/MODULE} has it
   * @param vmlinux as {@code /sys/kernel/btf/vmlinux} has it; its first 24 bytes are enough
   */
  public static Btf parseSplit(byte[] raw, byte[] vmlinux) {
    int baseStringBytes = ByteBuffer.wrap(vmlinux).order(ByteOrder.nativeOrder()).getInt(20);
    return new Btf(ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder()), baseStringBytes);
  }

  /**
   * All functions of this BTF's own part, with their place among its own types. (A name that
   * vmlinux has as a string, too, is not among them: it stands in the base's part of the strings.)
   */
  public Map<String, Integer> functions() {
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < types.size(); i++) {
      int at = types.get(i);
      if (kind(at) == FUNC && bytes.getInt(at) >= baseStringBytes) {
        indexes.put(name(at), i);
      }
    }
    return indexes;
  }

  /**
   * The members of a struct of BTF that stands alone.
   *
   * @throws IllegalArgumentException if there is no such struct
   */
  public List<Member> members(String struct) {
    int at = find(STRUCT, struct);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < vlen(at); i++) {
      int member = at + TYPE_BYTES + i * MEMBER_BYTES;
      int type = bytes.getInt(member + 4);
      members.add(
          new Member(
              string(bytes.getInt(member)), bytes.getInt(member + 8) / 8, sizeOf(type), type));
    }
    return members;
  }

  /** The name of the struct that a member is, or an empty string if it is none. */
  public String structName(Member member) {
    int at = resolved(member.typeId());
    return kind(at) == STRUCT ? name(at) : "";
  }

  /** The size of a struct in bytes. */
  public int sizeOfStruct(String struct) {
    return bytes.getInt(find(STRUCT, struct) + 8);
  }

  /**
   * The value of one of an enum's constants.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int enumValue(String enumeration, String constant) {
    int at = find(ENUM, enumeration);
    for (int i = 0; i < vlen(at); i++) {
      int entry = at + TYPE_BYTES + i * 8;
      if (string(bytes.getInt(entry)).equals(constant)) {
        return bytes.getInt(entry + 4);
      }
    }
    throw new IllegalArgumentException("enum " + enumeration + " has no " + constant);
  }

  /**
   * Where a global variable is in its section, in bytes.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int offsetOfVariable(String section, String variable) {
    int at = find(DATASEC, section);
    for (int i = 0; i < vlen(at); i++) {
      int entry = at + TYPE_BYTES + i * 12;
      if (name(typeAt(bytes.getInt(entry))).equals(variable)) {
        return bytes.getInt(entry + 4);
      }
    }
    throw new IllegalArgumentException("no variable " + variable + " in " + section);
  }

  private int find(int kind, String name) {
    for (int at : types) {
      if (kind(at) == kind && name(at).equals(name)) {
        return at;
      }
    }
    throw new IllegalArgumentException("no type " + name + " in the BTF");
  }

  private int sizeOf(int typeId) {
    int at = resolved(typeId);
    return switch (kind(at)) {
      case PTR -> Long.BYTES;
      case ARRAY -> sizeOf(bytes.getInt(at + TYPE_BYTES)) * bytes.getInt(at + TYPE_BYTES + 8);
      default -> bytes.getInt(at + 8);
    };
  }

  /** The type behind typedefs and qualifiers. */
  private int resolved(int typeId) {
    int at = typeAt(typeId);
    return switch (kind(at)) {
      case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> resolved(bytes.getInt(at + 8));
      default -> at;
    };
  }

  private int typeAt(int typeId) {
    return types.get(typeId - 1);
  }

  private int kind(int at) {
    return (bytes.getInt(at + 4) >>> 24) & 0x1f;
  }

  private int vlen(int at) {
    return bytes.getInt(at + 4) & 0xffff;
  }

  private int trailingBytes(int at) {
    return switch (kind(at)) {
      case INT, VAR, DECL_TAG -> 4;
      case ARRAY -> 12;
      case STRUCT, UNION, DATASEC, ENUM64 -> vlen(at) * 12;
      case ENUM, FUNC_PROTO -> vlen(at) * 8;
      case PTR, 7, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, FLOAT, TYPE_TAG -> 0;
      default -> throw new IllegalArgumentException("BTF of an unknown kind " + kind(at));
    };
  }

  private String name(int at) {
    return string(bytes.getInt(at));
  }

  private String string(int offset) {
    int start = strings + offset - baseStringBytes;
    if (offset < baseStringBytes || start >= bytes.limit()) {
      return "";
    }
    int end = start;
    while (bytes.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - start];
    bytes.get(start, text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
