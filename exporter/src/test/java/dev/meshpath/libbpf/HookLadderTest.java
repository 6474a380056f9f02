package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.HookLadder.Mode;
import dev.meshpath.libbpf.HookLadder.Outcome;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookLadderTest {
  private final BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path");

  @AfterEach
  void close() {
    object.close();
  }

  @Test
  void knowsHooksOfTheObjectInOrder() {
    assertThat(HookLadder.hooks(object))
        .hasSize(41)
        .startsWith("mesh_path_add_entry", "mesh_path_add_exit", "mesh_path_assign_nexthop_entry")
        .endsWith("rdev_del_station", "rdev_leave_mesh", "rdev_return_int");
  }

  @Test
  void hooksAreDifferent() {
    assertThat(HookLadder.hooks(object)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "mesh_path_add_entry, mesh_path_add_entry",
    "mesh_path_add_exit, mesh_path_add_exit",
    "mesh_path_add_call_kprobe, mesh_path_add_exit",
    "mesh_path_add_exit_kprobe, mesh_path_add_exit",
    "mesh_path_timer_entry, mesh_path_timer_entry",
    "mesh_path_timer_entry_kprobe, mesh_path_timer_entry",
    "mesh_path_timer_exit_kprobe, mesh_path_timer_exit",
    "rdev_return_int_tracepoint, rdev_return_int",
    "mesh_path_walk, ''"
  })
  void programServesHook(String program, String hook) {
    assertThat(HookLadder.hookOf(object.program(program))).isEqualTo(hook);
  }

  @Test
  void traceableFunctionIsTraced() {
    assertThat(chosen(ladder(Set.of("mesh_path_add"), true), "mesh_path_add"))
        .containsExactly("mesh_path_add_entry", "mesh_path_add_exit");
  }

  @Test
  void otherFunctionIsProbedWithItsArguments() {
    assertThat(chosen(ladder(Set.of(), true), "mesh_path_add"))
        .containsExactly(
            "mesh_path_add_entry_kprobe", "mesh_path_add_call_kprobe", "mesh_path_add_exit_kprobe");
  }

  @Test
  void otherFunctionIsBlindWithoutKprobes() {
    assertThat(chosen(ladder(Set.of(), false), "mesh_path_add")).isEmpty();
  }

  @Test
  void traceableFunctionIsTracedWithoutKprobes() {
    assertThat(chosen(ladder(Set.of("mesh_path_timer"), false), "mesh_path_timer"))
        .containsExactly("mesh_path_timer_entry", "mesh_path_timer_exit");
  }

  @Test
  void hookThatIsNotWantedIsLeftOut() {
    HookLadder ladder =
        new HookLadder(
            Set.of("mesh_path_timer"), true, hook -> !hook.equals("mesh_path_timer_exit"));
    assertThat(chosen(ladder, "mesh_path_timer")).containsExactly("mesh_path_timer_entry");
  }

  @Test
  void tracepointsNeedNoBtf() {
    assertThat(chosen(ladder(Set.of(), false), "rdev_return_int"))
        .containsExactly("rdev_return_int_tracepoint");
  }

  @Test
  void tracepointThatIsNotWantedIsLeftOut() {
    assertThat(chosen(new HookLadder(Set.of(), true, hook -> false), "rdev_return_int")).isEmpty();
  }

  @Test
  void programWithoutHookIsAlwaysLoaded() {
    assertThat(chosen(new HookLadder(Set.of(), false, hook -> false), "mesh_path_walk"))
        .containsExactly("mesh_path_walk");
  }

  @Test
  void refusedFunctionIsProbedFromThenOn() {
    HookLadder ladder = ladder(Set.of("mesh_path_timer"), true);
    assertThat(ladder.descend(List.of(refused("mesh_path_timer_exit", Mode.FENTRY)))).isTrue();
    assertThat(chosen(ladder, "mesh_path_timer"))
        .containsExactly("mesh_path_timer_entry", "mesh_path_timer_exit_kprobe");
  }

  @Test
  void nobodyDescendsTwice() {
    HookLadder ladder = ladder(Set.of("mesh_path_timer"), true);
    List<Outcome> outcomes = List.of(refused("mesh_path_timer_exit", Mode.FENTRY));
    assertThat(ladder.descend(outcomes)).isTrue();
    assertThat(ladder.descend(outcomes)).isFalse();
  }

  @Test
  void kprobeIsTheLastRung() {
    HookLadder ladder = ladder(Set.of(), true);
    assertThat(ladder.descend(List.of(refused("mesh_path_timer_exit", Mode.KPROBE)))).isFalse();
  }

  @Test
  void tracepointHasNoOtherRung() {
    HookLadder ladder = ladder(Set.of(), true);
    assertThat(ladder.descend(List.of(refused("rdev_return_int", Mode.TRACEPOINT)))).isFalse();
  }

  @Test
  void withoutKprobesThereIsNoOtherRung() {
    HookLadder ladder = ladder(Set.of("mesh_path_timer"), false);
    assertThat(ladder.descend(List.of(refused("mesh_path_timer_exit", Mode.FENTRY)))).isFalse();
    assertThat(chosen(ladder, "mesh_path_timer"))
        .containsExactly("mesh_path_timer_entry", "mesh_path_timer_exit");
  }

  @Test
  void attachedHookStays() {
    HookLadder ladder = ladder(Set.of("mesh_path_timer"), true);
    assertThat(ladder.descend(List.of(new Outcome("mesh_path_timer_exit", Mode.FENTRY, true, ""))))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"FENTRY, fentry", "KPROBE, kprobe", "TRACEPOINT, tracepoint"})
  void modeIsWordOfTheMetricLabel(Mode mode, String word) {
    assertThat(mode.word()).isEqualTo(word);
  }

  private static HookLadder ladder(Set<String> traceable, boolean kprobes) {
    return new HookLadder(traceable, kprobes, hook -> true);
  }

  private static Outcome refused(String hook, Mode mode) {
    return new Outcome(hook, mode, false, "made up");
  }

  /** Programs of that function or tracepoint that would be loaded. */
  private List<String> chosen(HookLadder ladder, String function) {
    return object.programs().stream()
        .filter(program -> program.section().endsWith("/" + function))
        .filter(ladder::isChosen)
        .map(BpfProgram::name)
        .toList();
  }
}
