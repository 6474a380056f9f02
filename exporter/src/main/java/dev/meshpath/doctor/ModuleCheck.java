package dev.meshpath.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The part of the kernel that meshes live in. */
final class ModuleCheck implements Check {
  private static final List<String> NEEDED = List.of("cfg80211", "mac80211");

  private final Path root;

  ModuleCheck(Path root) {
    this.root = root;
  }

  /** Those of the needed modules that are not loaded. */
  static Stream<String> missing(Path root) {
    return NEEDED.stream().filter(name -> !Files.isDirectory(root.resolve("sys/module/" + name)));
  }

  @Override
  public String subject() {
    return "modules";
  }

  @Override
  public List<Finding> look() {
    List<String> missing = missing(root).toList();
    if (missing.isEmpty()) {
      return List.of(Finding.ok(subject(), String.join(" and ", NEEDED) + " are loaded"));
    }
    return List.of(
        Finding.fail(
            subject(),
            String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are") + " not loaded",
            "there is no mesh to watch: the exporter runs and waits; so the hooks were not tried",
            "load the driver of the Wi-Fi card (modprobe mac80211_hwsim: of simulated ones)"));
  }
}
