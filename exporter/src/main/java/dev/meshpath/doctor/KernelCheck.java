package dev.meshpath.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Release, architecture, and whether softirqs are what we take them for. */
final class KernelCheck implements Check {
  private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final int OLDEST_MAJOR = 6;
  private static final int OLDEST_MINOR = 1;

  private final Path root;
  private final String architecture;
  private final boolean dataPath;

  KernelCheck(Path root, String architecture, boolean dataPath) {
    this.root = root;
    this.architecture = architecture;
    this.dataPath = dataPath;
  }

  @Override
  public String subject() {
    return "kernel";
  }

  @Override
  public List<Finding> look() {
    String release = content("proc/sys/kernel/osrelease");
    String state = (release.isEmpty() ? "unknown release" : release) + ", " + architecture;
    List<Finding> findings = new ArrayList<>();
    findings.add(
        isTooOld(release)
            ? Finding.warn(
                subject(),
                state + ": older than 6.1",
                "what it does to mesh paths was never compared with what meshpath says",
                "use Linux 6.1 or newer")
            : Finding.ok(subject(), state));
    // there, softirqs run in threads and can be preempted in the middle of a frame
    if (content("sys/kernel/realtime").equals("1") && dataPath) {
      findings.add(
          Finding.warn(
              subject(),
              "PREEMPT_RT",
              "a data frame that is preempted may be named as the cause of what another one did",
              "switch the hooks of the data path off: --no-collector.mesh_path.data-path"));
    }
    return findings;
  }

  private String content(String file) {
    try {
      return Files.readString(root.resolve(file)).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean isTooOld(String release) {
    Matcher number = RELEASE.matcher(release);
    if (!number.matches()) {
      return false;
    }
    int major = Integer.parseInt(number.group(1));
    return major < OLDEST_MAJOR
        || (major == OLDEST_MAJOR && Integer.parseInt(number.group(2)) < OLDEST_MINOR);
  }
}
