package dev.meshpath.libbpf;

import dev.meshpath.collector.meshpath.Cause;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.collector.meshpath.MeshPathState;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.ffi.LibC;
import dev.meshpath.frame.MeshId;
import dev.meshpath.record.KernelLedger;

/** A real ring in the kernel, and the programs of bpf/tests/test_ring.bpf.c that fill it. */
public final class TestRing implements AutoCloseable {
  /** The smallest that the exporter allows. */
  public static final int BYTES = 1 << 16;

  /** A record with the ring's own header, a multiple of 8. */
  public static final int SLOT_BYTES = MeshPathRecord.BYTES + 8;

  /** Of the first record. */
  public static final int FIRST_SERIAL = 250;

  private static final long FIRST_MESH_PATH = 0xffff_8880_0000_0000L;

  private final LibC libc = new LibC();
  private final BpfObject object;
  private final RingBuffer ring;

  /** Loads all programs; skips the test where that is not allowed. */
  public TestRing() {
    KernelRights.assumeMayLoad();
    object = BpfObject.open(new Libbpf(libc), "test_ring");
    object.setConstant("first_serial", FIRST_SERIAL);
    object.setConstant("first_mesh_path", FIRST_MESH_PATH);
    object.setConstant("watched_pid", (int) ProcessHandle.current().pid());
    object.map("events").setMaxEntries(BYTES);
    object.load();
    ring = new RingBuffer(libc, object.map("events"));
  }

  /** The C library. */
  public LibC libc() {
    return libc;
  }

  /** The ring. */
  public RingBuffer ring() {
    return ring;
  }

  /** A map of the object. */
  public BpfMap map(String name) {
    return object.map(name);
  }

  /** The per-CPU counters. */
  public BpfMap ledger() {
    return object.map("ledger");
  }

  /** What the kernel has counted. */
  public KernelLedger kernel() {
    return KernelLedger.read(ledger());
  }

  /** Emits {@code records}. */
  public void emit(int records) {
    program("emit").testRun(records);
  }

  /** The program of that name. */
  public BpfProgram program(String name) {
    return object.programs().stream()
        .filter(program -> program.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What run number {@code run}, from 0 on, emits, but for the time and the CPU, which are 0. */
  public static MeshPathEvent expected(int run) {
    int serial = FIRST_SERIAL + run;
    return new MeshPathEvent(
        0,
        0,
        new MeshPathEvent.Device(
            (int) 4026531840L, 7, 0x30_6873_656dL, 0, 0x0200_0000_0000L, MeshId.NONE),
        0x0200_0000_0000L | serial,
        FIRST_MESH_PATH + run,
        MeshPathChange.ASSIGN,
        0,
        0,
        new MeshPathState(0, 0, 0, -1, 0, 0, false, false),
        new MeshPathState(
            0x0200_0000_0000L | (serial & 0xff),
            1000L * serial,
            serial,
            8193 + serial,
            0x15,
            1,
            false,
            false),
        Cause.of(PathCause.UNKNOWN));
  }

  /** The event without what no test can foretell. */
  public static MeshPathEvent timeless(MeshPathEvent event) {
    return new MeshPathEvent(
        0,
        0,
        event.device(),
        event.destination(),
        event.meshPath(),
        event.change(),
        event.error(),
        event.detail(),
        event.before(),
        event.after(),
        event.cause());
  }

  @Override
  public void close() {
    ring.close();
    object.close();
  }
}
