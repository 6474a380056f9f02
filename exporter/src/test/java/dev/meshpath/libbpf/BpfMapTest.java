package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.ffi.LibC;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class BpfMapTest {
  private final Libbpf libbpf = new Libbpf(new LibC());

  @Test
  void knowsItsSize() {
    try (BpfObject object = BpfObject.open(libbpf, "mesh_path")) {
      assertThat(object.map("events").maxEntries()).isEqualTo(8 * 1024 * 1024);
    }
  }

  @Test
  void takesAnotherSize() {
    try (BpfObject object = BpfObject.open(libbpf, "mesh_path")) {
      object.map("events").setMaxEntries(65536);
      assertThat(object.map("events").maxEntries()).isEqualTo(65536);
    }
  }

  @Test
  void sizeIsFinalOnceLoaded() {
    try (TestRing kernel = new TestRing()) {
      assertThatThrownBy(() -> kernel.map("events").setMaxEntries(131072))
          .isInstanceOf(BpfException.class)
          .hasMessageStartingWith(
              "bpf_map__set_max_entries(events, 131072) failed: Device or resource busy"
                  + " (errno 16)");
    }
  }

  @Test
  void sumsOneEntryOverAllCpus() throws InterruptedException {
    try (TestRing kernel = new TestRing()) {
      for (int run = 0; run < 50; run++) {
        // another thread may be on another CPU
        Thread.ofPlatform().start(() -> kernel.program("count_defects").testRun(10)).join();
      }
      assertThat(kernel.ledger().sumOfCpus(3)).isEqualTo(500);
      assertThat(kernel.ledger().sumOfCpus(4)).isEqualTo(1000);
    }
  }

  @Test
  void entryBeyondTheLastIsRefused() {
    try (TestRing kernel = new TestRing()) {
      assertThatThrownBy(() -> kernel.ledger().sumOfCpus(5))
          .isInstanceOf(BpfException.class)
          .hasMessageStartingWith(
              "bpf_map_lookup_elem(ledger, 5) failed: No such file or directory (errno 2)");
    }
  }

  @Test
  void readsAnEntryOfAnArray() {
    try (TestRing kernel = new TestRing();
        Arena arena = Arena.ofConfined()) {
      kernel.program("emit").testRun(5);
      // the only variable that begins as zero: how many records there were
      MemorySegment variables = arena.allocate(ValueLayout.JAVA_INT);
      kernel.map(".bss").read(0, variables);
      assertThat(variables.get(ValueLayout.JAVA_INT, 0)).isEqualTo(5);
      assertThatThrownBy(() -> kernel.map(".bss").read(1, variables))
          .isInstanceOf(BpfException.class)
          .hasMessageContaining(", 1) failed: No such file or directory (errno 2)");
    }
  }

  @Test
  void mapThatIsNotLoadedHasNoSum() {
    try (BpfObject object = BpfObject.open(libbpf, "mesh_path")) {
      assertThatThrownBy(() -> object.map("ledger").sumOfCpus(0))
          .isInstanceOf(BpfException.class)
          .hasMessageContaining("Bad file descriptor (errno 9)");
    }
  }
}
