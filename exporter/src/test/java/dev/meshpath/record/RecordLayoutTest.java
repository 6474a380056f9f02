package dev.meshpath.record;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.failure.Failure;
import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.Btf;
import dev.meshpath.libbpf.BtfBytes;
import dev.meshpath.libbpf.Libbpf;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import org.junit.jupiter.api.Test;

class RecordLayoutTest {
  /** struct inner { u16 value; }; struct outer { u32 first; u16 second; struct inner third; }; */
  private static final Btf BTF =
      Btf.parse(
          new BtfBytes()
              .integer("u16", 2)
              .integer("u32", 4)
              .struct("inner", 2, "value", 1, 0)
              .struct("outer", 8, "first", 2, 0, "second", 1, 4, "third", 3, 6)
              .struct("with_gap", 8, "first", 1, 0, "second", 2, 4)
              .struct("with_tail", 8, "first", 2, 0, "second", 1, 4)
              .bytes());

  private static final StructLayout INNER = MemoryLayout.structLayout(JAVA_SHORT.withName("value"));

  @Test
  void meshPathRecordIsTheStructOfTheObject() {
    try (BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path")) {
      Btf btf = object.btf();
      assertThatCode(() -> RecordLayout.prove(btf, MeshPathRecord.LAYOUT))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void acceptsTheSameLayout() {
    assertThatCode(
            () ->
                prove(
                    JAVA_INT.withName("first"),
                    JAVA_SHORT.withName("second"),
                    INNER.withName("third")))
        .doesNotThrowAnyException();
  }

  @Test
  void namesTheNumberOfMembers() {
    assertDifference(
        "outer members: 3 in the object, 2 in the program",
        JAVA_INT.withName("first"),
        JAVA_SHORT.withName("second"));
  }

  @Test
  void namesTheMemberWithAnotherName() {
    assertDifference(
        "outer.second name: second in the object, zweites in the program",
        JAVA_INT.withName("first"),
        JAVA_SHORT.withName("zweites"),
        INNER.withName("third"));
  }

  @Test
  void namesTheMemberWithoutName() {
    assertDifference(
        "outer.second name: second in the object, (padding) in the program",
        JAVA_INT.withName("first"),
        MemoryLayout.paddingLayout(2),
        INNER.withName("third"));
  }

  @Test
  void namesTheMemberWithAnotherSize() {
    assertDifference(
        "outer.second size: 2 in the object, 1 in the program",
        JAVA_INT.withName("first"),
        JAVA_BYTE.withName("second"),
        JAVA_BYTE.withName("third"));
  }

  @Test
  void namesTheMemberThatIsNoStructInTheObject() {
    assertDifference(
        "outer.second struct: false in the object, true in the program",
        JAVA_INT.withName("first"),
        INNER.withName("second"),
        INNER.withName("third"));
  }

  @Test
  void namesTheMemberOfNestedStruct() {
    assertDifference(
        "inner.value name: value in the object, worth in the program",
        JAVA_INT.withName("first"),
        JAVA_SHORT.withName("second"),
        MemoryLayout.structLayout(JAVA_SHORT.withName("worth")).withName("third"));
  }

  @Test
  void namesTheMemberAtAnotherOffset() {
    assertThatThrownBy(
            () ->
                RecordLayout.prove(
                    BTF,
                    MemoryLayout.structLayout(
                            JAVA_SHORT.withName("first"),
                            JAVA_INT.withByteAlignment(2).withName("second"))
                        .withName("with_gap")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("(with_gap.second offset: 4 in the object, 2 in the program)");
  }

  @Test
  void namesTheStructWithAnotherSize() {
    assertThatThrownBy(
            () ->
                RecordLayout.prove(
                    BTF,
                    MemoryLayout.structLayout(
                            JAVA_INT.withName("first"), JAVA_SHORT.withName("second"))
                        .withName("with_tail")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("(with_tail size: 8 in the object, 6 in the program)");
  }

  @Test
  void saysWhatToDo() {
    assertThatThrownBy(() -> prove(JAVA_INT.withName("first")))
        .hasMessage(
            "the BPF object and the program do not fit together (outer members: 3 in the object, 1"
                + " in the program): build both from the same sources, ./run does.");
  }

  @Test
  void refusesUnions() {
    assertThatThrownBy(
            () ->
                prove(
                    JAVA_INT.withName("first"),
                    MemoryLayout.unionLayout(JAVA_SHORT.withName("value")).withName("second"),
                    INNER.withName("third")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no unions in records: outer.second");
  }

  @Test
  void refusesStructThatTheObjectLacks() {
    assertThatThrownBy(() -> RecordLayout.prove(BTF, INNER.withName("missing")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no type missing in the BTF");
  }

  private static void prove(MemoryLayout... members) {
    RecordLayout.prove(BTF, MemoryLayout.structLayout(members).withName("outer"));
  }

  private static void assertDifference(String difference, MemoryLayout... members) {
    assertThatThrownBy(() -> prove(members))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("(" + difference + ")");
  }
}
