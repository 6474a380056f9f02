package dev.meshpath.collector.meshpath;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The labels of devices, for series that are kept and not made anew at each scrape. */
final class DeviceLabels {
  private DeviceLabels() {}

  /**
   * The names of the labels of a device, {@code more} after them.
   *
   * @param labelNetns whether devices of several namespaces are told apart by a label {@code netns}
   */
  static String[] names(boolean labelNetns, String... more) {
    List<String> names =
        new ArrayList<>(labelNetns ? List.of("device", "netns") : List.of("device"));
    names.addAll(List.of(more));
    return names.toArray(String[]::new);
  }

  /** Their values, of one device. */
  static List<String> of(boolean labelNetns, MeshPathEvent.Device device) {
    return of(labelNetns, device.deviceName(), device.netns());
  }

  /** The same of a device of that name in that namespace. */
  static List<String> of(boolean labelNetns, String device, int netns) {
    return labelNetns ? List.of(device, Integer.toUnsignedString(netns)) : List.of(device);
  }

  /** The values of all labels, for {@link #names}. */
  static String[] values(List<String> device, String... more) {
    List<String> values = new ArrayList<>(device);
    values.addAll(List.of(more));
    return values.toArray(String[]::new);
  }

  /** Whether series are those of a device. */
  static Function<List<String>, Boolean> are(List<String> device) {
    return values -> values.subList(0, device.size()).equals(device);
  }
}
