package dev.meshpath;

import dev.meshpath.collector.meshpath.MeshPathCollector;
import dev.meshpath.collector.meshpath.TableSettings;
import dev.meshpath.config.DoctorConfig;
import dev.meshpath.config.LogFormat;
import dev.meshpath.config.LogLevel;
import dev.meshpath.config.NetnsScope;
import dev.meshpath.doctor.Diagnosis;
import dev.meshpath.doctor.Doctor;
import dev.meshpath.doctor.JsonReport;
import dev.meshpath.doctor.Machine;
import dev.meshpath.doctor.TextReport;
import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.KernelBtf;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.Privileges;
import dev.meshpath.net.NetNamespace;
import dev.meshpath.nl80211.Nl80211Connector;
import dev.meshpath.telemetry.Logging;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The doctor, wired. */
final class Examination {
  private static final Path ROOT = Path.of("/");

  /** Enough for the moment that the hooks are attached. */
  private static final int RING_BYTES = 1 << 18;

  private final PrintWriter out;
  private final LibC libc = new LibC();
  private final Nl80211Connector nl80211 = new Nl80211Connector(libc);
  private @Nullable Libbpf libbpf;

  /**
   * @param out for the report
   */
  Examination(PrintWriter out) {
    this.out = out;
  }

  /** Looks, tells, and returns the exit code. */
  int run(DoctorConfig config) {
    // what the collector would log stands in the report
    Logging.apply(LogLevel.ERROR, LogFormat.TEXT);
    Diagnosis diagnosis = Doctor.of(machine(config)).examine();
    if (config.json()) {
      out.println(JsonReport.of(diagnosis));
    } else {
      out.print(TextReport.of(diagnosis));
    }
    out.flush();
    return diagnosis.severity().exitCode();
  }

  private Machine machine(DoctorConfig config) {
    return new Machine(
        ROOT,
        System.getProperty("os.arch"),
        config,
        () -> Privileges.suffice(ROOT.resolve("proc/self/status")),
        () -> libbpf().version(),
        nl80211::link,
        nl80211,
        () -> meshPath(config));
  }

  private MeshPathCollector meshPath(DoctorConfig config) {
    return new MeshPathCollector(
        libbpf(),
        new KernelBtf(ROOT.resolve("sys/kernel/btf")),
        nl80211,
        new MeshPathCollector.Settings(
            config.netns() == NetnsScope.ALL ? NetNamespace.ALL : NetNamespace.own(),
            RING_BYTES,
            TableSettings.of(0, 0),
            config.attach().allowsFentry(),
            config.attach().allowsKprobes(),
            config.dataPath(),
            config.btf(),
            TimeUnit.MINUTES.toNanos(1),
            0,
            0));
  }

  /** Linked when it is asked for: that it is missing is something to report, too. */
  private Libbpf libbpf() {
    Libbpf linked = libbpf;
    if (linked == null) {
      linked = new Libbpf(libc);
      libbpf = linked;
    }
    return linked;
  }
}
