package dev.meshpath.cli;

import dev.meshpath.config.RingSize;
import dev.meshpath.config.SnapLengths;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What is taken from the kernel, beside how it is watched: the same whoever takes it. */
final class KernelOptions {
  @Option(
      names = "--reconcile.interval",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = Converters.Time.class,
      description =
          "How often to compare the path table with the kernel's. Default: ${DEFAULT-VALUE}")
  private Duration reconcileInterval = Duration.ZERO;

  @Option(
      names = "--ring.bytes",
      paramLabel = "BYTES",
      defaultValue = "8388608",
      converter = Converters.Ring.class,
      description =
          "Room for events between the kernel and the exporter, a power of two. Default:"
              + " ${DEFAULT-VALUE}")
  private RingSize ringSize = new RingSize(0);

  @Option(
      names = "--collector.mesh_path.frame-bytes",
      paramLabel = "BYTES",
      defaultValue = "288",
      converter = Converters.FrameBytes.class,
      description =
          "How much of an HWMP or peering frame leaves the kernel; 288 is all of it. Default:"
              + " ${DEFAULT-VALUE}")
  private int frameBytes;

  @Option(
      names = "--collector.mesh_path.data-frame-bytes",
      paramLabel = "BYTES",
      defaultValue = "74",
      converter = Converters.DataFrameBytes.class,
      description =
          "How much of a data frame that caused something leaves the kernel; 74 are its headers."
              + " Default: ${DEFAULT-VALUE}")
  private int dataFrameBytes;

  Duration reconcileInterval() {
    return reconcileInterval;
  }

  RingSize ringSize() {
    return ringSize;
  }

  SnapLengths snapLengths() {
    return new SnapLengths(frameBytes, dataFrameBytes);
  }
}
