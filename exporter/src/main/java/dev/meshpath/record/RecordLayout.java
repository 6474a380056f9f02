package dev.meshpath.record;

import dev.meshpath.failure.Failure;
import dev.meshpath.libbpf.Btf;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.util.List;

/**
 * The proof that a Java layout is the C struct of the same name, member by member, against the BTF
 * that clang put into the BPF object.
 */
public final class RecordLayout {
  private RecordLayout() {}

  /**
   * Compares names, offsets, sizes and nesting.
   *
   * @param layout named as the struct; all members named, no implicit padding
   * @throws Failure that names the first difference
   */
  public static void prove(Btf btf, StructLayout layout) {
    String struct = layout.name().orElseThrow();
    List<Btf.Member> members = btf.members(struct);
    List<MemoryLayout> ours = layout.memberLayouts();
    require(struct, "members", members.size(), ours.size());
    long offset = 0;
    for (int i = 0; i < ours.size(); i++) {
      MemoryLayout mine = ours.get(i);
      Btf.Member theirs = members.get(i);
      String member = struct + "." + theirs.name();
      require(member, "name", theirs.name(), mine.name().orElse("(padding)"));
      require(member, "offset", theirs.offset(), offset);
      require(member, "size", theirs.size(), mine.byteSize());
      require(member, "struct", !btf.structName(theirs).isEmpty(), mine instanceof StructLayout);
      if (mine instanceof StructLayout nested) {
        prove(btf, nested.withName(btf.structName(theirs)));
      } else if (mine instanceof GroupLayout) {
        throw new IllegalArgumentException("no unions in records: " + member);
      }
      offset += mine.byteSize();
    }
    require(struct, "size", btf.sizeOfStruct(struct), layout.byteSize());
  }

  private static void require(String where, String what, Object inObject, Object inJava) {
    boolean same =
        (inObject instanceof Number a && inJava instanceof Number b)
            ? a.longValue() == b.longValue()
            : inObject.equals(inJava);
    if (!same) {
      throw new Failure(
          "the BPF object and the program do not fit together ("
              + where
              + " "
              + what
              + ": "
              + inObject
              + " in the object, "
              + inJava
              + " in the program): build both from the same sources, ./run does.");
    }
  }
}
