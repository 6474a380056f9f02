package dev.meshpath.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What radios keep from mac80211, by the flags of their drivers (include/net/mac80211.h: enum
 * ieee80211_hw_flags), which only debugfs tells.
 */
final class HardwareCheck implements Check {
  private static final String REPORTS_ACKS = "REPORTS_TX_ACK_STATUS";
  private static final String ENCAPSULATES = "SUPPORTS_TX_ENCAP_OFFLOAD";
  private static final String DECAPSULATES = "SUPPORTS_RX_DECAP_OFFLOAD";
  private static final String NO_REMEDY = "take the counts by cause for a lower bound";

  private final Path radios;
  private final Path debugfs;

  HardwareCheck(Path root) {
    this.radios = root.resolve("sys/class/ieee80211");
    this.debugfs = root.resolve("sys/kernel/debug/ieee80211");
  }

  @Override
  public String subject() {
    return "hardware";
  }

  @Override
  public List<Finding> look() {
    if (!Files.isDirectory(radios)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(radios)) {
      return all.map(Path::getFileName)
          .map(Path::toString)
          .sorted()
          .flatMap(phy -> look(phy).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Finding> look(String phy) {
    String radio = phy + " (" + driver(phy) + ")";
    Path flagsFile = debugfs.resolve(phy).resolve("hwflags");
    if (!Files.isReadable(debugfs.resolve(phy))) {
      return List.of(
          Finding.ok(subject(), radio + ": not checked: mount debugfs and look as root"));
    }
    Set<String> flags;
    try {
      flags = new HashSet<>(Files.readAllLines(flagsFile).stream().map(String::strip).toList());
    } catch (IOException e) {
      return List.of(Finding.ok(subject(), radio + ": not checked: its driver has no hwflags"));
    }
    List<Finding> findings = lacks(radio, flags);
    return findings.isEmpty()
        ? List.of(Finding.ok(subject(), radio + ": hides no frames"))
        : findings;
  }

  private List<Finding> lacks(String radio, Set<String> flags) {
    List<Finding> findings = new ArrayList<>();
    if (!flags.contains(REPORTS_ACKS)) {
      findings.add(
          Finding.warn(
              subject(),
              radio + ": does not report lost frames",
              "the kernel does not notice a broken link by frames that fail; its paths end when"
                  + " they expire",
              "use a radio whose driver has " + REPORTS_ACKS + " where that matters"));
    }
    if (flags.contains(ENCAPSULATES)) {
      findings.add(
          Finding.warn(
              subject(),
              radio + ": may take data frames to be sent past mac80211's mesh code",
              "the cause data_tx may be missing",
              NO_REMEDY));
    }
    if (flags.contains(DECAPSULATES)) {
      findings.add(
          Finding.warn(
              subject(),
              radio + ": may hand over received data frames past mac80211's mesh code",
              "the cause data_rx may be missing",
              NO_REMEDY));
    }
    return findings;
  }

  private String driver(String phy) {
    try {
      return String.valueOf(
          radios.resolve(phy).resolve("device/driver").toRealPath().getFileName());
    } catch (IOException e) {
      return "unknown driver";
    }
  }
}
