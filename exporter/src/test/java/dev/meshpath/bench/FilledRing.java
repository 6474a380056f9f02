package dev.meshpath.bench;

import dev.meshpath.libbpf.BpfMap;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.BpfProgram;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.RingBuffer;
import dev.meshpath.record.KernelLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A ring that bpf/tests/ring_fill.bpf.c fills on demand. For one thread at a time. */
final class FilledRing implements AutoCloseable {
  /** The changes that every destination goes through in turn. */
  static final int CHANGES = 4;

  private final Libbpf libbpf;
  private final BpfObject object;
  private final BpfProgram program;

  /**
   * @param elf the object's file
   * @param ringBytes a power of two
   * @param destinations how many different ones the records have
   */
  FilledRing(Libbpf libbpf, Path elf, int ringBytes, int destinations) throws IOException {
    this.libbpf = libbpf;
    this.object = BpfObject.open(libbpf, "ring_fill", Files.readAllBytes(elf));
    object.map("events").setMaxEntries(ringBytes);
    object.setConstant("destinations", destinations);
    object.load();
    this.program = object.programs().getFirst();
  }

  /** Emits so many records, as far as there is room. */
  void fill(int records) {
    program.testRun(records);
  }

  /** The ring's map. */
  BpfMap map() {
    return object.map("events");
  }

  /** A reader that begins where the former one ended; one at a time. */
  RingBuffer open() {
    return new RingBuffer(libbpf.libc(), map());
  }

  /** What became of the records. */
  KernelLedger ledger() {
    return KernelLedger.read(object.map("ledger"));
  }

  @Override
  public void close() {
    object.close();
  }
}
