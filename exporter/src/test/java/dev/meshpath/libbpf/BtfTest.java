package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.meshpath.ffi.LibC;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BtfTest {
  private static final int PTR = 2 << 24;
  private static final int ARRAY = 3 << 24;
  private static final int TYPEDEF = 8 << 24;
  private static final int VOLATILE = 9 << 24;
  private static final int CONST = 10 << 24;
  private static final int VAR = 14 << 24;
  private static final int DATASEC = 15 << 24;

  @Test
  void knowsFunctionsOfRealObject() {
    assertThat(ofRealObject().functions())
        .containsKeys("mesh_path_add_exit", "mesh_path_assign_nexthop_entry");
  }

  @Test
  void knowsMembersOfRealObject() {
    assertThat(ofRealObject().members("mac_slot"))
        .extracting(Btf.Member::name, Btf.Member::offset, Btf.Member::size)
        .containsExactly(tuple("octets", 0, 6), tuple("pad", 6, 2));
  }

  @Test
  void knowsStructOfNestedMember() {
    Btf btf = ofRealObject();
    assertThat(btf.structName(btf.members("mesh_path_event").getFirst()))
        .isEqualTo("record_header");
  }

  @Test
  void memberThatIsNoStructHasNoStructName() {
    Btf btf = ofRealObject();
    assertThat(btf.structName(btf.members("mac_slot").getFirst())).isEmpty();
  }

  @Test
  void knowsSizeOfStruct() {
    assertThat(ofRealObject().sizeOfStruct("mesh_path_event")).isEqualTo(336);
  }

  @Test
  void knowsEnumConstants() {
    assertThat(ofRealObject().enumValue("record_collector", "RECORD_MESH_PATH")).isEqualTo(1);
  }

  @Test
  void knowsOffsetsOfVariables() {
    Btf btf = ofRealObject();
    assertThat(
            List.of(
                btf.offsetOfVariable(".rodata", "watched_netns"),
                btf.offsetOfVariable(".rodata", "jiffy_ns"),
                btf.offsetOfVariable(".rodata", "data_frame_bytes"),
                btf.offsetOfVariable(".rodata", "whole_frame_bytes"),
                btf.offsetOfVariable(".rodata", "data_frames_watched")))
        .containsExactlyInAnyOrder(0, 4, 8, 16, 24);
  }

  @Test
  void variablesAreFoundInTheirSection() {
    Btf btf =
        Btf.parse(
            new BtfBytes()
                .integer("u32", 4)
                .type("first", VAR, 1, 1)
                .type("second", VAR, 1, 1)
                .type(".data", DATASEC | 1, 4, 2, 0, 4)
                .type(".rodata", DATASEC | 2, 12, 2, 4, 4, 3, 8, 4)
                .bytes());
    assertThat(btf.offsetOfVariable(".data", "first")).isEqualTo(0);
    assertThat(btf.offsetOfVariable(".rodata", "first")).isEqualTo(4);
    assertThat(btf.offsetOfVariable(".rodata", "second")).isEqualTo(8);
  }

  @Test
  void namesTheConstantThatIsMissing() {
    Btf btf = ofRealObject();
    assertThatThrownBy(() -> btf.enumValue("record_collector", "RECORD_NONE"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("enum record_collector has no RECORD_NONE");
  }

  @Test
  void namesTheVariableThatIsMissing() {
    Btf btf = ofRealObject();
    assertThatThrownBy(() -> btf.offsetOfVariable(".rodata", "missing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no variable missing in .rodata");
  }

  @Test
  void namesTheStructThatIsMissing() {
    Btf btf = ofRealObject();
    assertThatThrownBy(() -> btf.sizeOfStruct("missing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no type missing in the BTF");
  }

  @Test
  void sizesGoThroughPointersArraysAndQualifiers() {
    Btf btf =
        Btf.parse(
            new BtfBytes()
                .integer("u16", 2)
                .type("", PTR, 1)
                .type("", ARRAY, 0, 1, 1, 5)
                .type("number", TYPEDEF, 1)
                .type("", CONST, 4)
                .type("", VOLATILE, 5)
                .struct("s", 32, "pointer", 2, 0, "array", 3, 8, "number", 6, 18)
                .bytes());
    assertThat(btf.members("s")).extracting(Btf.Member::size).containsExactly(8, 10, 2);
  }

  @Test
  void splitBtfGoesOnWithTheStringsOfItsBase() {
    byte[] base = new BtfBytes().function("of_vmlinux", 1).bytes();
    int baseStringBytes = 1 + "of_vmlinux".length() + 1;
    byte[] split = new BtfBytes(baseStringBytes).function("of_module", 3).bytes();
    assertThat(Btf.parseSplit(split, Arrays.copyOf(base, 24)).functions())
        .containsExactly(Map.entry("of_module", 1));
  }

  @Test
  void functionNamedByItsBaseIsLeftOut() {
    byte[] base = new BtfBytes().function("of_vmlinux", 1).bytes();
    int baseStringBytes = 1 + "of_vmlinux".length() + 1;
    byte[] split =
        new BtfBytes(baseStringBytes).functionNamed(1, 1).function("of_module", 4).bytes();
    assertThat(Btf.parseSplit(split, base).functions()).containsExactly(Map.entry("of_module", 2));
  }

  @Test
  void rejectsOtherMagic() {
    byte[] bytes = new BtfBytes().bytes();
    bytes[0]++;
    assertThatThrownBy(() -> Btf.parse(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not BTF: bad magic");
  }

  @Test
  void rejectsLessThanHeader() {
    byte[] bytes = Arrays.copyOf(new BtfBytes().bytes(), 23);
    assertThatThrownBy(() -> Btf.parse(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not BTF: bad magic");
  }

  @Test
  void rejectsEmptyFile() {
    assertThatThrownBy(() -> Btf.parse(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not BTF: bad magic");
  }

  @Test
  void rejectsTypesBeyondTheEnd() {
    byte[] bytes = new BtfBytes().integer("u16", 2).bytes();
    assertThatThrownBy(() -> Btf.parse(Arrays.copyOf(bytes, 30)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not BTF: its header points outside");
  }

  @Test
  void rejectsUnknownKind() {
    byte[] bytes = new BtfBytes().type("new", 31 << 24, 0).bytes();
    assertThatThrownBy(() -> Btf.parse(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("BTF of an unknown kind 31");
  }

  private static Btf ofRealObject() {
    try (BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path")) {
      return object.btf();
    }
  }
}
