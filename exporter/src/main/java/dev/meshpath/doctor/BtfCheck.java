package dev.meshpath.doctor;

import dev.meshpath.failure.Failure;
import dev.meshpath.libbpf.Btf;
import dev.meshpath.libbpf.KernelBtf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the kernel, or a file, describes the types that the programs read. */
final class BtfCheck implements Check {
  private static final String MAC80211 = "mac80211";
  private static final String CFG80211 = "cfg80211";

  /** The struct of mac80211 that each of its programs reads. */
  private static final String STRUCT = "ieee80211_sub_if_data";

  private static final String POLLING_ONLY =
      "nothing can be attached: paths are polled, without events and causes";
  private static final String NO_FENTRY = "fentry is not possible: kprobes take its place";
  private static final String GIVE_FILE =
      "or give one made from the debug info of mac80211: --btf FILE (docs/doctor.md)";

  private final Path root;
  private final Path directory;
  private final @Nullable Path file;

  /**
   * @param file of {@code --btf}; null: none
   */
  BtfCheck(Path root, @Nullable Path file) {
    this.root = root;
    this.directory = root.resolve("sys/kernel/btf");
    this.file = file;
  }

  @Override
  public String subject() {
    return "BTF";
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    if (file != null) {
      findings.add(ofFile(file));
    }
    Finding kernel = ofKernel();
    findings.add(kernel);
    if (kernel.severity() == Severity.OK) {
      findings.add(ofModule(MAC80211));
      findings.add(ofModule(CFG80211));
    }
    return findings;
  }

  private Finding ofFile(Path given) {
    try {
      Btf.read(given).sizeOfStruct(STRUCT);
      return Finding.ok(subject(), given + " describes mac80211");
    } catch (Failure e) {
      Sentence sentence = Sentence.of(e);
      return Finding.fail(
          subject(), sentence.state(), "the exporter does not start", sentence.remedy());
    } catch (IllegalArgumentException e) {
      return Finding.warn(
          subject(),
          given + " does not describe mac80211",
          POLLING_ONLY,
          "make it from the debug info of the running mac80211 (docs/doctor.md)");
    }
  }

  private Finding ofKernel() {
    Path vmlinux = directory.resolve("vmlinux");
    try {
      new KernelBtf(directory).require();
    } catch (Failure e) {
      Sentence sentence = Sentence.of(e);
      return lack(sentence.state(), sentence.remedy());
    }
    try {
      Btf.read(vmlinux);
      return Finding.ok(subject(), vmlinux + " describes the kernel");
    } catch (Failure e) {
      return lack(vmlinux + " is broken", "use a kernel whose BTF is whole");
    }
  }

  private Finding ofModule(String module) {
    Path btf = directory.resolve(module);
    if (!Files.isReadable(btf)) {
      return missing(module);
    }
    if (new KernelBtf(directory).functionsOfModule(module).isEmpty()) {
      return module.equals(CFG80211)
          ? Finding.warn(
              subject(),
              btf + " is broken",
              "nothing as long as mac80211's is whole, which has these types, too",
              "use a kernel whose BTF is whole")
          : Finding.warn(
              subject(), btf + " is broken", NO_FENTRY, "use a kernel whose BTF is whole");
    }
    return Finding.ok(subject(), btf + " describes " + module);
  }

  private Finding missing(String module) {
    if (ModuleCheck.missing(root).anyMatch(module::equals)) {
      return Finding.ok(subject(), "that of " + module + " comes with the module");
    }
    // its types are among mac80211's as well, for these embed them
    if (module.equals(CFG80211)) {
      return Finding.ok(subject(), "none of cfg80211, and none is needed");
    }
    return lack(
        directory.resolve(module) + " is missing",
        "use a kernel built with CONFIG_DEBUG_INFO_BTF_MODULES, as those of Debian");
  }

  /** Without BTF of the kernel, that of the file serves all but fentry. */
  private Finding lack(String state, String remedy) {
    return file == null
        ? Finding.warn(subject(), state, POLLING_ONLY, remedy + ", " + GIVE_FILE)
        : Finding.warn(subject(), state, NO_FENTRY, remedy);
  }
}
