package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.Collector;
import dev.meshpath.collector.EventLedger;
import dev.meshpath.collector.Hook;
import dev.meshpath.libbpf.BpfException;
import dev.meshpath.libbpf.BpfLink;
import dev.meshpath.libbpf.BpfMap;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.BpfProgram;
import dev.meshpath.libbpf.KernelBtf;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.RingBuffer;
import dev.meshpath.net.MacAddress;
import dev.meshpath.record.Dispatcher;
import dev.meshpath.record.KernelLedger;
import dev.meshpath.record.RecordLayout;
import dev.meshpath.record.RingThread;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
   * @param destinationLimit destinations with series of their own, a device
   * @param retentionNs how long counters of a destination stay after its entry is gone
   */
  public record Settings(int netns, int ringBytes, int destinationLimit, long retentionNs) {}

  private static final Logger logger = LoggerFactory.getLogger(MeshPathCollector.class);
  private static final String OBJECT = "mesh_path";
  private static final String MODULE = "mac80211";

  /** Everything that exists only between start and close. */
  private record Running(
      BpfObject object,
      BpfMap ledger,
      RingBuffer ring,
      Dispatcher dispatcher,
      RingThread thread,
      List<BpfLink> links) {}

  private final Libbpf libbpf;
  private final KernelBtf kernelBtf;
  private final Settings settings;
  private final MeshPathTable table;
  private volatile List<Hook> hooks = List.of();
  private volatile @Nullable Running running;

  /** A collector that does not watch yet. */
  public MeshPathCollector(Libbpf libbpf, KernelBtf kernelBtf, Settings settings) {
    this.libbpf = libbpf;
    this.kernelBtf = kernelBtf;
    this.settings = settings;
    this.table = new MeshPathTable(settings.destinationLimit(), settings.retentionNs());
    try (BpfObject object = BpfObject.open(libbpf, OBJECT)) {
      hooks = object.programs().stream().map(program -> hook(program, false)).toList();
    }
  }

  @Override
  public String name() {
    return OBJECT;
  }

  @Override
  public Optional<String> obstacle() {
    if (kernelBtf.functionsOfModule(MODULE).isEmpty()) {
      return Optional.of(
          "mac80211 is not loaded or has no BTF, so there is no mesh to watch: load the driver of"
              + " the Wi-Fi card and start meshpath again.");
    }
    return Optional.empty();
  }

  @Override
  public synchronized void start() {
    Set<String> functions = kernelBtf.functionsOfModule(MODULE).orElse(Set.of());
    BpfObject object = BpfObject.open(libbpf, OBJECT);
    List<BpfLink> links = new ArrayList<>();
    RingBuffer ring = null;
    try {
      RecordLayout.prove(object.btf(), MeshPathRecord.LAYOUT);
      object.setConstant("watched_netns", settings.netns());
      object.setConstant("jiffy_ns", libbpf.libc().jiffyNs());
      object.map("events").setMaxEntries(settings.ringBytes());
      List<BpfProgram> programs = object.programs();
      for (BpfProgram program : programs) {
        program.setAutoload(functions.contains(function(program)));
      }
      object.load();
      ring = new RingBuffer(libbpf.libc(), object.map("events"));
      BpfMap ledger = object.map("ledger");
      Dispatcher dispatcher =
          new Dispatcher(MeshPathRecord.COLLECTOR, MeshPathRecord.BYTES, this::onRecord);
      hooks =
          programs.stream()
              .map(
                  program ->
                      hook(
                          program, functions.contains(function(program)) && attach(program, links)))
              .toList();
      RingThread thread = new RingThread(OBJECT, libbpf.libc(), ring, dispatcher);
      running = new Running(object, ledger, ring, dispatcher, thread, List.copyOf(links));
      thread.start();
    } catch (RuntimeException e) {
      links.forEach(BpfLink::close);
      if (ring != null) {
        ring.close();
      }
      object.close();
      throw e;
    }
  }

  /** One consistent look at the table, all events included that the kernel has submitted. */
  public Supplier<List<MeshPathTable.DeviceSnapshot>> paths() {
    return () -> {
      Running now = running;
      return now == null
          ? List.of()
          : now.thread().settled(() -> table.snapshot(System.nanoTime()));
    };
  }

  @Override
  public List<Hook> hooks() {
    return hooks;
  }

  @Override
  public EventLedger ledger() {
    Running now = running;
    if (now == null) {
      return EventLedger.EMPTY;
    }
    return now.thread()
        .settled(
            () -> {
              KernelLedger kernel = KernelLedger.read(now.ledger());
              Dispatcher dispatcher = now.dispatcher();
              return new EventLedger(
                  kernel.seen(),
                  kernel.submitted(),
                  kernel.ringFull(),
                  dispatcher.received(),
                  dispatcher.decoded(),
                  dispatcher.rejected(),
                  kernel.mapFull(),
                  kernel.healed(),
                  now.ring().usedBytes(),
                  now.ring().sizeBytes());
            });
  }

  @Override
  public synchronized void close() {
    Running now = running;
    if (now == null) {
      return;
    }
    running = null;
    now.links().forEach(BpfLink::close);
    now.thread().close();
    now.ring().close();
    now.object().close();
    hooks = hooks.stream().map(hook -> new Hook(hook.name(), hook.mode(), false)).toList();
  }

  private void onRecord(MemorySegment data, long record) {
    MeshPathEvent event = MeshPathRecord.decode(data, record);
    table.apply(event);
    if (logger.isDebugEnabled()) {
      logger.debug(
          "{} {} next hop {}",
          event.change().word(),
          MacAddress.toString(event.destination()),
          event.after() == null ? "-" : MacAddress.toString(event.after().nextHop()));
    }
  }

  private static boolean attach(BpfProgram program, List<BpfLink> links) {
    try {
      links.add(program.attach());
      return true;
    } catch (BpfException e) {
      logger.warn("a hook is blind: {}", e.getMessage());
      return false;
    }
  }

  private static Hook hook(BpfProgram program, boolean attached) {
    // fentry and fexit are the two ends of one mechanism, the program's name says which
    return new Hook(program.name(), "fentry", attached);
  }

  /** The kernel function of a section as {@code fexit/mesh_path_add}. */
  private static String function(BpfProgram program) {
    return program.section().substring(program.section().indexOf('/') + 1);
  }
}
