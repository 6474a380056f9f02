package dev.meshpath;

import dev.meshpath.cli.Commands;
import dev.meshpath.cli.DecodeCommand;
import dev.meshpath.cli.DoctorCommand;
import dev.meshpath.cli.ImportCommand;
import dev.meshpath.cli.PathsCommand;
import dev.meshpath.cli.RecordCommand;
import dev.meshpath.cli.ReplayCommand;
import dev.meshpath.cli.WatchCommand;
import dev.meshpath.client.PathList;
import dev.meshpath.client.Terminal;
import dev.meshpath.client.Watching;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.foreign.EventImport;
import dev.meshpath.config.ImportConfig;
import dev.meshpath.config.WatchConfig;
import dev.meshpath.decode.Decoding;
import dev.meshpath.ffi.LibC;
import dev.meshpath.frame.MeshId;
import dev.meshpath.telemetry.BuildInfo;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The entry: parse, run, exit code. */
public final class Main {
  private static final int STDOUT = 1;

  private Main() {}

  /**
   * Runs the command that the arguments name and ends the process with its exit code.
   *
   * @param arguments see {@code meshpath --help}
   */
  public static void main(String[] arguments) {
    System.exit(run(new Exporter(BuildInfo.load(), Exporter::requireRights), arguments));
  }

  /** Runs a command with the given exporter, and returns the exit code. */
  static int run(Exporter exporter, String... arguments) {
    return run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), exporter, arguments);
  }

  /** The same, with what was asked for going to {@code out}. */
  static int run(PrintWriter out, Exporter exporter, String... arguments) {
    BuildInfo build = BuildInfo.load();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(exporter), "shutdown"));
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Commands commands =
        new Commands(
                exporter::run,
                "meshpath " + build.version() + " (revision " + build.revision() + ")",
                System.getenv(),
                out,
                err)
            .with(new RecordCommand(exporter::run))
            .with(new ReplayCommand(exporter::replay))
            .with(new ImportCommand(config -> importInto(config, build, out)))
            .with(new DoctorCommand(config -> new Examination(out).run(config)))
            .with(new WatchCommand(eventWords(), config -> watch(config, out)))
            .with(new PathsCommand(selection -> new PathList(out, err).run(selection)))
            .with(new DecodeCommand(config -> new Decoding(out, err).run(config)));
    return commands.execute(arguments);
  }

  /** What events of /events can be. */
  private static Set<String> eventWords() {
    return Arrays.stream(MeshPathChange.values())
        .filter(change -> change.subject() != MeshPathChange.Subject.WALK)
        .filter(change -> change != MeshPathChange.HWMP_IGNORED)
        .map(MeshPathChange::eventWord)
        .collect(Collectors.toSet());
  }

  private static int watch(WatchConfig config, PrintWriter out) {
    Terminal terminal = Terminal.of(Path.of("/proc/self/fd/1"), System.getenv());
    return new Watching(out, terminal, () -> new LibC().hasNoReader(STDOUT)).run(config);
  }

  private static int importInto(ImportConfig config, BuildInfo build, PrintWriter out) {
    MeshId mesh = new MeshId(config.meshId().getBytes(StandardCharsets.UTF_8));
    out.println(
        new EventImport("meshpath " + build.version(), mesh)
            .run(config.events(), config.capture(), config.output()));
    return 0;
  }

  /** SIGTERM and SIGINT are how an exporter ends: in order, and with exit code 0. */
  private static void stop(Exporter exporter) {
    if (!exporter.isRunning()) {
      return;
    }
    try {
      Runtime.getRuntime().halt(exporter.stop() ? 0 : Commands.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
