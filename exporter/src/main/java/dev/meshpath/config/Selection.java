package dev.meshpath.config;

import java.net.URI;
import java.util.Set;

/**
 * Which exporter is asked, and what of its answer is shown.
 *
 * @param url where it serves
 * @param devices names; empty: all
 * @param destinations MAC addresses as {@code 02-00-00-00-01-0A}; empty: all
 * @param json as lines of JSON instead of text
 */
public record Selection(URI url, Set<String> devices, Set<String> destinations, boolean json) {
  /** Whether this device is to be shown. */
  public boolean hasDevice(String name) {
    return devices.isEmpty() || devices.contains(name);
  }

  /** Whether this destination is to be shown. */
  public boolean hasDestination(String address) {
    return destinations.isEmpty() || destinations.contains(address);
  }
}
