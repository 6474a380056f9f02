package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.collector.Reconciliation;
import dev.meshpath.failure.Failure;
import dev.meshpath.libbpf.BpfException;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.HookLadder;
import dev.meshpath.libbpf.KernelBtf;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.ModuleFunctions;
import dev.meshpath.net.NetNamespace;
import dev.meshpath.nl80211.Nl80211;
import dev.meshpath.record.Feed;
import dev.meshpath.record.FeedOfBoth;
import dev.meshpath.record.KernelClock;
import dev.meshpath.record.RecordHeader;
import dev.meshpath.record.RingThread;
import dev.meshpath.record.WorldClock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the mesh path table: loads bpf/mesh_path, attaches it to mac80211, and lets the table
 * follow the events on the ring's thread.
 */
public final class MeshPathCollector implements Collector {
  /**
   * How it watches.
   *
   * @param netns inode number of the network namespace whose devices count, or {@code
   *     NetNamespace.ALL}
   * @param ringBytes size of the ring, a power of two and a multiple of the page size
   * @param table what the table keeps
   * @param fentry whether fentry and fexit may be used
   * @param kprobes whether kprobes may be used
   * @param dataPath whether functions that run for each data frame are watched
   * @param btf file with the BTF of the running kernel and mac80211; null: the kernel's own
   * @param reconcileNs how often the table is compared with the kernel's
   * @param frameBytes so much of an HWMP or peering frame leaves the kernel, at most {@code
   *     MeshFrameRecord.FRAME_ROOM}
   * @param dataFrameBytes so much of a data frame, at most 96
   */
  public record Settings(
      int netns,
      int ringBytes,
      TableSettings table,
      boolean fentry,
      boolean kprobes,
      boolean dataPath,
      @Nullable Path btf,
      long reconcileNs,
      int frameBytes,
      int dataFrameBytes) {}

  private static final Logger logger = LoggerFactory.getLogger(MeshPathCollector.class);
  private static final String MODULE = "mac80211";
  private static final String NO_MODE = "none";
  private static final String POLL = "poll";
  private static final Path MODULES = Path.of("/sys/module");

  /** They run for each data frame; what they cost is in docs/performance.md. */
  private static final Set<String> DATA_PATH =
      Set.of(
          "mesh_nexthop_resolve_entry",
          "mesh_nexthop_resolve_exit",
          "ieee80211_mesh_xmit_fast_entry",
          "ieee80211_mesh_xmit_fast_exit",
          "ieee80211_rx_mesh_data_entry",
          "ieee80211_rx_mesh_data_exit",
          "ieee80211s_update_metric_entry");

  /** Functions that not every kernel has: their lack costs nothing there. */
  private static final Set<String> SOME_KERNELS =
      Set.of("ieee80211_mesh_xmit_fast_entry", "ieee80211_mesh_xmit_fast_exit");

  /** So many walks may get lost in a ring that is too small for them, then nl80211 is asked. */
  private static final int WALKS_TRIED = 3;

  /** How often what the kernel says of missed programs and losses is looked at. */
  private static final long WATCH_NS = 1_000_000_000L;

  private final Libbpf libbpf;
  private final KernelBtf kernelBtf;
  private final Settings settings;
  private final MeshPathLine line;
  private final Feed feed;
  private final PolledPaths polled;
  private final TableDump dump;
  private final WorldClock world = new WorldClock();
  private volatile List<Hook> hooks = List.of();
  private volatile @Nullable MeshPathPrograms running;
  private volatile Map<String, String> reasons = Map.of();
  private volatile boolean polling;
  private volatile long moduleInode;

  /** Guarded by the ring's lock. */
  private long nextWatchNs;

  private long nextWalkNs;
  private int walks;

  /** A collector that nobody follows; it does not watch yet. */
  public MeshPathCollector(
      Libbpf libbpf, KernelBtf kernelBtf, Supplier<Nl80211> nl80211, Settings settings) {
    this(libbpf, kernelBtf, nl80211, settings, Followers.NONE, new KernelClock(), null);
  }

  /**
   * A collector that does not watch yet.
   *
   * @param followers who follows the table
   * @param clock is told the time of the world, on the ring's thread
   * @param recorder is told all that the line is fed with, before; null: nobody
   */
  public MeshPathCollector(
      Libbpf libbpf,
      KernelBtf kernelBtf,
      Supplier<Nl80211> nl80211,
      Settings settings,
      Followers followers,
      KernelClock clock,
      @Nullable Feed recorder) {
    this.polled = new PolledPaths(nl80211, NetNamespace.own(), settings.table().destinationLimit());
    this.dump = new TableDump(nl80211, NetNamespace.own());
    this.libbpf = libbpf;
    this.kernelBtf = kernelBtf;
    this.settings = settings;
    this.line = new MeshPathLine(settings.table(), followers, clock);
    this.feed = recorder == null ? line : new FeedOfBoth(recorder, line);
    try (BpfObject object = BpfObject.open(libbpf, MeshPathPrograms.OBJECT)) {
      hooks =
          HookLadder.hooks(object).stream()
              .filter(this::isWanted)
              .map(name -> new Hook(name, NO_MODE, false))
              .toList();
    }
  }

  @Override
  public String name() {
    return MeshPathPrograms.OBJECT;
  }

  @Override
  public Optional<String> obstacle() {
    if (moduleInode() == 0) {
      return Optional.of(
          "mac80211 is not loaded, so there is no mesh to watch: load the driver of the Wi-Fi"
              + " card, and it begins by itself.");
    }
    return Optional.empty();
  }

  @Override
  public boolean isStale() {
    return (running != null || polling) && moduleInode() != moduleInode;
  }

  @Override
  public synchronized void start() {
    long inode = moduleInode();
    if (settings.fentry() || settings.kprobes()) {
      try {
        attach();
      } catch (BpfException e) {
        logger.warn(
            "the kernel takes no program ({}); without one there are paths, but no events and no"
                + " causes: meshpath doctor says what is missing",
            e.getMessage());
        reasons =
            hooks.stream()
                .collect(Collectors.toMap(Hook::name, hook -> String.valueOf(e.getMessage())));
      }
    }
    if (running == null) {
      polling = true;
      hooks = hooks.stream().map(hook -> new Hook(hook.name(), POLL, false)).toList();
    }
    moduleInode = inode;
    firstWalk();
  }

  /** It is due at once, on whichever thread has the lock first. */
  private void firstWalk() {
    MeshPathPrograms now = running;
    if (now != null) {
      now.settled(() -> walks);
    }
  }

  private void attach() {
    try (ModuleFunctions functions =
        settings.fentry() ? kernelBtf.functions(libbpf, MODULE) : ModuleFunctions.none(libbpf)) {
      HookLadder ladder = new HookLadder(functions.names(), settings.kprobes(), this::isWanted);
      MeshPathPrograms programs =
          MeshPathPrograms.attach(libbpf, settings, ladder, this::take, clockwork());
      takeHooks(programs.outcomes());
      long nowNs = System.nanoTime();
      lookAtWorld(nowNs);
      feed.attached(nowNs, hooks.stream().map(HookLine::of).toList());
      nextWatchNs = 0;
      nextWalkNs = 0;
      running = programs;
      programs.start();
    }
  }

  /** What no hook was made of on this kernel is a hook that is blind. */
  private void takeHooks(List<HookLadder.Outcome> outcomes) {
    Map<String, HookLadder.Outcome> byName = new HashMap<>();
    outcomes.forEach(outcome -> byName.put(outcome.name(), outcome));
    List<Hook> found = new ArrayList<>();
    Map<String, String> why = new HashMap<>();
    for (Hook hook : hooks) {
      HookLadder.Outcome outcome = byName.get(hook.name());
      if (outcome != null && outcome.attached()) {
        found.add(new Hook(hook.name(), outcome.mode().word(), true));
      } else if (!SOME_KERNELS.contains(hook.name())) {
        String reason = outcome == null ? "this kernel has no such function" : outcome.reason();
        found.add(new Hook(hook.name(), NO_MODE, false));
        why.put(hook.name(), reason);
        logger.warn("hook {} is blind: {}", hook.name(), reason);
      }
    }
    hooks = List.copyOf(found);
    reasons = Map.copyOf(why);
  }

  private boolean isWanted(String hook) {
    return settings.dataPath() || !DATA_PATH.contains(hook);
  }

  /** Changes when the module is loaded again: its kobject is another one. 0: not loaded. */
  private static long moduleInode() {
    try {
      return (Long) Files.getAttribute(MODULES.resolve(MODULE), "unix:ino");
    } catch (IOException e) {
      return 0;
    }
  }

  /** Expiry is of no function of the kernel; and now and then the table is compared. */
  private RingThread.Clockwork clockwork() {
    return new RingThread.Clockwork() {
      @Override
      public long dueNs() {
        return Math.min(line.dueNs(), nextWatchNs);
      }

      @Override
      public void strike(long nowNs) {
        lookAtWorld(nowNs);
        if (nowNs >= line.dueNs()) {
          feed.time(nowNs);
        }
        if (nowNs >= nextWatchNs) {
          nextWatchNs = nowNs + WATCH_NS;
          watchLosses(nowNs);
        }
      }
    };
  }

  private void watchLosses(long nowNs) {
    MeshPathPrograms now = running;
    if (now == null) {
      return;
    }
    long missed = now.missed().values().stream().mapToLong(Long::longValue).sum();
    feed.ledger(nowNs, now.kernelLedger(), missed);
    int incomplete = walks - line.walked(); // its rows were lost, too
    if (incomplete > WALKS_TRIED && settings.netns() != NetNamespace.ALL) {
      dump(nowNs);
    } else if (line.hasLost() || incomplete > 0 || nowNs >= nextWalkNs) {
      nextWalkNs = nowNs + settings.reconcileNs();
      walks++;
      now.walk(walks);
    }
  }

  private void dump(long nowNs) {
    try {
      List<MeshPathEvent> rows = dump.read(walks, nowNs);
      MemorySegment row = MemorySegment.ofArray(new long[MeshPathRecord.BYTES / Long.BYTES]);
      for (MeshPathEvent event : rows) {
        MeshPathRecord.encode(event, row, 0);
        feed.row(row, 0, MeshPathRecord.BYTES);
      }
    } catch (Failure e) {
      logger.warn("the path table cannot be compared with the kernel's: {}", e.getMessage());
    }
  }

  @Override
  public Map<String, Long> missed() {
    MeshPathPrograms now = running;
    return now == null ? Map.of() : now.settled(now::missed);
  }

  /** One consistent look at the table, all events included that the kernel has submitted. */
  public Supplier<List<DeviceSnapshot>> paths() {
    return () -> {
      MeshPathPrograms now = running;
      if (now != null) {
        return now.settled(() -> line.snapshot(System.nanoTime()));
      }
      return polling ? polled.look() : List.of();
    };
  }

  /** What the kernel counts of frames; of nothing without programs. */
  public Supplier<List<FrameCounts>> frameCounts() {
    return () -> {
      MeshPathPrograms now = running;
      return now == null ? List.of() : now.frameCounts();
    };
  }

  @Override
  public List<Hook> hooks() {
    return hooks;
  }

  @Override
  public Map<String, String> reasons() {
    return reasons;
  }

  @Override
  public EventLedger ledger() {
    MeshPathPrograms now = running;
    return now == null
        ? line.ledger()
        : now.settled(
            () ->
                line.ledger(now.kernelLedger()).withRing(now.ringUsedBytes(), now.ringSizeBytes()));
  }

  @Override
  public Reconciliation reconciliation() {
    MeshPathPrograms now = running;
    return now == null ? line.reconciliation() : now.settled(line::reconciliation);
  }

  @Override
  public synchronized void close() {
    polling = false;
    hooks = hooks.stream().map(hook -> new Hook(hook.name(), hook.mode(), false)).toList();
    MeshPathPrograms now = running;
    if (now == null) {
      return;
    }
    now.detach();
    feed.detached(System.nanoTime(), now.kernelLedger());
    running = null;
    now.close();
  }

  private void take(MemorySegment data, long record, int length) {
    lookAtWorld(RecordHeader.ktimeNs(data, record));
    feed.record(data, record, length);
  }

  /** Before what happened at that time is told, so that all who read it have the same clock. */
  private void lookAtWorld(long ktimeNs) {
    if (world.isDue(ktimeNs)) {
      feed.clock(world.offsetNs());
    }
  }
}
