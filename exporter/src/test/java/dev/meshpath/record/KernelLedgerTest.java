package dev.meshpath.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.Btf;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.TestRing;
import org.junit.jupiter.api.Test;

class KernelLedgerTest {
  @Test
  void beginsEmpty() {
    try (TestRing kernel = new TestRing()) {
      assertThat(KernelLedger.read(kernel.ledger())).isEqualTo(new KernelLedger(0, 0, 0, 0, 0));
    }
  }

  @Test
  void readsWhatTheProgramsCount() {
    try (TestRing kernel = new TestRing()) {
      kernel.emit(7);
      kernel.program("count_defects").testRun(3);
      assertThat(KernelLedger.read(kernel.ledger())).isEqualTo(new KernelLedger(7, 7, 0, 3, 6));
    }
  }

  @Test
  void readsInTheOrderOfTheCHeader() {
    try (BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path")) {
      Btf btf = object.btf();
      assertThat(btf.enumValue("ledger_entry", "LEDGER_SEEN")).isEqualTo(KernelLedger.SEEN);
      assertThat(btf.enumValue("ledger_entry", "LEDGER_SUBMITTED"))
          .isEqualTo(KernelLedger.SUBMITTED);
      assertThat(btf.enumValue("ledger_entry", "LEDGER_RING_FULL"))
          .isEqualTo(KernelLedger.RING_FULL);
      assertThat(btf.enumValue("ledger_entry", "LEDGER_MAP_FULL")).isEqualTo(KernelLedger.MAP_FULL);
      assertThat(btf.enumValue("ledger_entry", "LEDGER_HEALED")).isEqualTo(KernelLedger.HEALED);
      assertThat(btf.enumValue("ledger_entry", "LEDGER_ENTRIES")).isEqualTo(5);
    }
  }
}
