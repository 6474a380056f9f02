package dev.meshpath.collector.meshpath;

import dev.meshpath.libbpf.BpfException;
import dev.meshpath.libbpf.BpfLink;
import dev.meshpath.libbpf.BpfMap;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.BpfProgram;
import dev.meshpath.libbpf.HookLadder;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.PrivateBpfFs;
import dev.meshpath.libbpf.RingBuffer;
import dev.meshpath.record.KernelLedger;
import dev.meshpath.record.RecordLayout;
import dev.meshpath.record.RingThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The programs of bpf/mesh_path in the kernel, from load to detach, and the ring they write to. */
final class MeshPathPrograms implements AutoCloseable {
  static final String OBJECT = "mesh_path";

  /** The program that walks through the tables. */
  private static final String WALK = "mesh_path_walk";

  /** The program that reads what the kernel counts. */
  private static final String COUNTS = "mesh_path_counts";

  private final BpfObject object;
  private final List<BpfLink> links = new ArrayList<>();
  private final Map<BpfProgram, String> hooks = new HashMap<>();
  private final BpfMap kernelLedger;
  private final BpfProgram walk;
  private final BpfProgram counts;
  private final BpfMap frameCounts;
  private final DiscardedFrames discarded;
  private final RingBuffer ring;
  private final RingThread thread;
  private final List<HookLadder.Outcome> outcomes;
  private final Optional<PrivateBpfFs> linkFiles;
  private boolean detached;

  private MeshPathPrograms(
      Libbpf libbpf,
      MeshPathCollector.Settings settings,
      HookLadder ladder,
      BpfObject object,
      RingBuffer.Consumer consumer,
      RingThread.Clockwork clockwork) {
    this.object = object;
    RecordLayout.prove(object.btf(), MeshPathRecord.LAYOUT);
    RecordLayout.prove(object.btf(), MeshFrameRecord.LAYOUT);
    RecordLayout.prove(object.btf(), FrameCountsRecord.LAYOUT);
    object.setConstant("watched_netns", settings.netns());
    object.setConstant("jiffy_ns", libbpf.libc().jiffyNs());
    object.setConstant("data_frames_watched", settings.dataPath() ? 1 : 0);
    object.setConstant("whole_frame_bytes", settings.frameBytes());
    object.setConstant("data_frame_bytes", settings.dataFrameBytes());
    object.map("events").setMaxEntries(settings.ringBytes());
    ladder.select(object);
    object.load();
    for (BpfProgram program : object.programs()) {
      String hook = HookLadder.hookOf(program);
      if (program.isLoaded() && !hook.isEmpty()) {
        hooks.put(program, hook);
      }
    }
    kernelLedger = object.map("ledger");
    walk = object.program(WALK);
    counts = object.program(COUNTS);
    frameCounts = object.map("frame_counts");
    ring = new RingBuffer(libbpf.libc(), object.map("events"));
    thread = new RingThread(OBJECT, libbpf.libc(), ring, consumer, clockwork);
    discarded = new DiscardedFrames(readFrameCounts());
    outcomes = ladder.attach(object, links);
    linkFiles = PrivateBpfFs.open(libbpf);
    linkFiles.ifPresent(files -> links.forEach(files::adopt));
  }

  /**
   * Loads and attaches them, down the ladder until nothing more can be won.
   *
   * @throws BpfException if the kernel takes none; nothing is left then
   */
  static MeshPathPrograms attach(
      Libbpf libbpf,
      MeshPathCollector.Settings settings,
      HookLadder ladder,
      RingBuffer.Consumer consumer,
      RingThread.Clockwork clockwork) {
    while (true) {
      BpfObject object = BpfObject.open(libbpf, OBJECT, settings.btf());
      MeshPathPrograms programs;
      try {
        programs = new MeshPathPrograms(libbpf, settings, ladder, object, consumer, clockwork);
      } catch (RuntimeException e) {
        object.close();
        throw e;
      }
      if (!ladder.descend(programs.outcomes)) {
        return programs;
      }
      programs.close();
    }
  }

  /** Begins to read the ring. */
  void start() {
    thread.start();
  }

  /** What became of each hook. */
  List<HookLadder.Outcome> outcomes() {
    return outcomes;
  }

  /** Drains the ring, then looks, with no record in between. */
  <T> T settled(Supplier<T> look) {
    return thread.settled(look);
  }

  /** The kernel's side of the ledger. */
  KernelLedger kernelLedger() {
    return KernelLedger.read(kernelLedger);
  }

  /** Bytes that wait in the ring. */
  long ringUsedBytes() {
    return ring.usedBytes();
  }

  /** Bytes of the ring. */
  long ringSizeBytes() {
    return ring.sizeBytes();
  }

  /** How often the kernel skipped a program because it ran already, by hook. */
  Map<String, Long> missed() {
    Map<String, Long> missed = new TreeMap<>();
    hooks.forEach((program, hook) -> missed.merge(hook, program.recursionMisses(), Long::sum));
    return missed;
  }

  /**
   * Lets the kernel send what its tables hold.
   *
   * @param number that its rows carry
   */
  void walk(int number) {
    walk.run(number);
  }

  /** What is counted of frames by now, of each watched device. */
  List<FrameCounts> frameCounts() {
    // one at a time, and not once it is closed
    return thread.settled(() -> discarded.since(readFrameCounts()));
  }

  private List<FrameCounts> readFrameCounts() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment table = arena.allocate(FrameCountsRecord.BYTES, Long.BYTES);
      counts.run(0);
      frameCounts.read(0, table);
      return FrameCountsRecord.decode(table);
    }
  }

  /** Detaches; no record is handed on after it returned, the kernel's counts can still be read. */
  void detach() {
    if (detached) {
      return;
    }
    detached = true;
    links.forEach(BpfLink::close);
    linkFiles.ifPresent(PrivateBpfFs::close);
    thread.close();
  }

  /** Detaches and frees everything. */
  @Override
  public void close() {
    detach();
    ring.close();
    object.close();
  }
}
