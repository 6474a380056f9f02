package dev.meshpath.collector.meshpath;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The labels of devices, for series that are kept and not made anew at each scrape. Bounded for
 * hosts that make and remove devices all day: the series of the oldest one go. For one thread.
 */
final class DeviceLabels {
  private static final int LIMIT = 64;

  private final SequencedSet<List<String>> devices = new LinkedHashSet<>();
  private final boolean labelNetns;
  private final Consumer<List<String>> forget;

  /**
   * @param labelNetns whether devices of several namespaces are told apart by a label {@code netns}
   * @param forget is told of the labels whose series have to go
   */
  DeviceLabels(boolean labelNetns, Consumer<List<String>> forget) {
    this.labelNetns = labelNetns;
    this.forget = forget;
  }

  /** The names of the labels of a device, {@code more} after them. */
  static String[] names(boolean labelNetns, String... more) {
    List<String> names =
        new ArrayList<>(labelNetns ? List.of("device", "netns") : List.of("device"));
    names.addAll(List.of(more));
    return names.toArray(String[]::new);
  }

  /** Whether series are those of a device. */
  static Function<List<String>, Boolean> are(List<String> device) {
    return values -> values.subList(0, device.size()).equals(device);
  }

  /** Their values, of one device. */
  List<String> of(MeshPathEvent.Device device) {
    List<String> labels =
        labelNetns
            ? List.of(device.deviceName(), Integer.toUnsignedString(device.netns()))
            : List.of(device.deviceName());
    if (devices.add(labels) && devices.size() > LIMIT) {
      forget.accept(devices.removeFirst());
    }
    return labels;
  }

  /** The values of all labels, for {@link #names}. */
  static String[] values(List<String> device, String... more) {
    List<String> values = new ArrayList<>(device);
    values.addAll(List.of(more));
    return values.toArray(String[]::new);
  }
}
