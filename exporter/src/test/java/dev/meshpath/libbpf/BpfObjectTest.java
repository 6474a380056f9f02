package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.ffi.LibC;
import org.junit.jupiter.api.Test;

class BpfObjectTest {
  private final Libbpf libbpf = new Libbpf(new LibC());

  @Test
  void namesItsProgramsInOrder() {
    try (BpfObject object = BpfObject.open(libbpf, "mesh_path")) {
      assertThat(object.programs())
          .extracting(BpfProgram::name)
          .startsWith(
              "mesh_path_walk",
              "mesh_path_counts",
              "mesh_path_add_entry",
              "mesh_path_add_entry_kprobe",
              "mesh_path_add_call_kprobe", // of one section with the one before
              "mesh_path_add_exit",
              "mesh_path_add_exit_kprobe",
              "mesh_path_assign_nexthop_entry",
              "mesh_path_assign_nexthop_entry_kprobe")
          .endsWith(
              "rdev_del_station_tracepoint",
              "rdev_leave_mesh_tracepoint",
              "rdev_return_int_tracepoint")
          .hasSize(79);
    }
  }

  @Test
  void namesTheSectionsOfItsPrograms() {
    try (BpfObject object = BpfObject.open(libbpf, "mesh_path")) {
      assertThat(object.programs())
          .extracting(BpfProgram::section)
          .startsWith(
              "raw_tp/mesh_path_walk",
              "raw_tp/mesh_path_counts",
              "fentry/mesh_path_add",
              "kprobe/mesh_path_add",
              "kprobe/mesh_path_add",
              "fexit/mesh_path_add",
              "kretprobe/mesh_path_add",
              "fentry/mesh_path_assign_nexthop",
              "kprobe/mesh_path_assign_nexthop");
    }
  }

  @Test
  void findsProgramByItsName() {
    try (BpfObject object = BpfObject.open(libbpf, "mesh_path")) {
      assertThat(object.program("mesh_path_walk").name()).isEqualTo("mesh_path_walk");
    }
  }

  @Test
  void namesTheProgramThatIsMissing() {
    try (BpfObject object = BpfObject.open(libbpf, "mesh_path")) {
      assertThatThrownBy(() -> object.program("missing"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no program missing in mesh_path");
    }
  }

  @Test
  void refusesNameWithoutResource() {
    assertThatThrownBy(() -> BpfObject.open(libbpf, "missing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no resource /bpf/missing.bpf.o");
  }

  @Test
  void namesTheMapThatIsMissing() {
    try (BpfObject object = BpfObject.open(libbpf, "mesh_path")) {
      assertThatThrownBy(() -> object.map("missing"))
          .isInstanceOf(BpfException.class)
          .hasMessageStartingWith(
              "bpf_object__find_map_by_name(mesh_path, missing) failed: No such file or directory"
                  + " (errno 2)");
    }
  }

  @Test
  void constantsReachThePrograms() {
    try (TestRing kernel = new TestRing()) {
      kernel.emit(1);
      kernel
          .ring()
          .drain(
              (data, record, length) ->
                  assertThat(TestRing.timeless(MeshPathRecord.decode(data, record)))
                      .isEqualTo(TestRing.expected(0)),
              1);
      assertThat(kernel.ring().usedBytes()).isZero();
    }
  }

  @Test
  void refusesConstantThatTheObjectLacks() {
    try (BpfObject object = BpfObject.open(libbpf, "mesh_path")) {
      assertThatThrownBy(() -> object.setConstant("missing", 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no variable missing in .rodata");
    }
  }

  @Test
  void programThatTheVerifierRefusesSaysWhy() {
    KernelRights.assumeMayLoad();
    try (BpfObject object = BpfObject.open(libbpf, "test_broken")) {
      BpfException e = catchThrowableOfType(BpfException.class, object::load);
      assertThat(e).hasMessageStartingWith("bpf_object__load(test_broken) failed: ");
      assertThat(e.errno()).isEqualTo(13);
      assertThat(e.log()).anyMatch(line -> line.contains("invalid access to packet"));
    }
  }

  @Test
  void programWithoutAutoloadStaysOut() {
    KernelRights.assumeMayLoad();
    try (BpfObject object = BpfObject.open(libbpf, "test_broken")) {
      object.programs().getFirst().setAutoload(false);
      object.load();
      assertThatThrownBy(() -> object.programs().getFirst().testRun(1))
          .isInstanceOf(BpfException.class)
          .hasMessageStartingWith("bpf_prog_test_run_opts(out_of_bounds) failed: ");
    }
  }
}
