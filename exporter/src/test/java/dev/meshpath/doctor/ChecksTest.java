package dev.meshpath.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.meshpath.config.NetnsScope;
import dev.meshpath.failure.Failure;
import dev.meshpath.libbpf.BtfBytes;
import dev.meshpath.libbpf.ModuleBtf;
import dev.meshpath.nl80211.FakeKernel;
import dev.meshpath.nl80211.Meshless;
import dev.meshpath.nl80211.Nl80211;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
  @TempDir private Path root;
  private Tree tree = new Tree(Path.of(""));

  @BeforeEach
  void plant() {
    tree = new Tree(root);
  }

  // --- kernel, rights, libbpf, modules

  @ParameterizedTest
  @CsvSource({
    "6.12.94-amd64, OK",
    "6.1.0, OK",
    "7.2.0-rc1, OK",
    "6.0.19, WARN",
    "5.15.0-91, WARN",
    "odd, OK"
  })
  void oldKernelWasNeverTested(String release, Severity severity) {
    tree.file("proc/sys/kernel/osrelease", release + "\n");
    assertThat(new KernelCheck(root, "amd64", true).look())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.state()).startsWith(release + ", amd64");
            });
  }

  @Test
  void realTimeKernelMixesUpDataFrames() {
    tree.file("sys/kernel/realtime", "1\n");
    assertThat(new KernelCheck(root, "amd64", true).look().getLast())
        .returns(Severity.WARN, Finding::severity)
        .returns("PREEMPT_RT", Finding::state)
        .satisfies(
            finding -> assertThat(finding.remedy()).contains("--no-collector.mesh_path.data-path"));
    assertThat(severities(new KernelCheck(root, "amd64", false))).containsExactly(Severity.OK);
  }

  @Test
  void rightsAreNeeded() {
    assertThat(severities(new RightsCheck(() -> true))).containsExactly(Severity.OK);
    assertThat(new RightsCheck(() -> false).look())
        .singleElement()
        .returns(Severity.FAIL, Finding::severity)
        .returns("run it as root", Finding::remedy);
  }

  @Test
  void libbpfIsNeeded() {
    assertThat(new LibbpfCheck(() -> "1.5").look()).containsExactly(Finding.ok("libbpf", "1.5"));
    assertThat(
            new LibbpfCheck(
                    () -> {
                      throw new Failure("libbpf.so.1 cannot be loaded: install libbpf 1.1.");
                    })
                .look())
        .containsExactly(
            Finding.fail(
                "libbpf",
                "libbpf.so.1 cannot be loaded",
                "the exporter does not start",
                "install libbpf 1.1"));
  }

  @Test
  void modulesAreNeeded() {
    assertThat(new ModuleCheck(root).look())
        .singleElement()
        .returns(Severity.FAIL, Finding::severity)
        .returns("cfg80211 and mac80211 are not loaded", Finding::state);
    tree.modules("cfg80211");
    assertThat(new ModuleCheck(root).look())
        .singleElement()
        .returns("mac80211 is not loaded", Finding::state);
    tree.modules("mac80211");
    assertThat(severities(new ModuleCheck(root))).containsExactly(Severity.OK);
  }

  // --- nl80211

  @Test
  void meshInterfacesAreNamed() {
    tree.modules("cfg80211", "mac80211");
    FakeKernel kernel = new FakeKernel().devices();
    assertThat(netlink(kernel, NetnsScope.OWN).look().getLast())
        .isEqualTo(Finding.ok("nl80211", "mesh interface mesh0, mesh1"));
    assertThat(kernel.open()).isZero();
  }

  @Test
  void withoutMeshItSaysHowToMakeOne() {
    tree.modules("cfg80211", "mac80211");
    assertThat(netlink(Meshless.kernel(), NetnsScope.OWN).look().getLast())
        .returns(Severity.WARN, Finding::severity)
        .satisfies(
            finding ->
                assertThat(finding.remedy())
                    .contains("iw phy phy0 interface add mesh0 type mp", "nsenter", "--netns=all"));
    assertThat(severities(netlink(Meshless.kernel(), NetnsScope.ALL)))
        .containsExactly(Severity.OK, Severity.OK);
  }

  @Test
  void withoutModulesNobodyIsAsked() {
    FakeKernel kernel = new FakeKernel();
    assertThat(severities(netlink(kernel, NetnsScope.OWN))).containsExactly(Severity.OK);
    assertThat(kernel.asked()).isZero();
  }

  @Test
  void silentNl80211IsWorthALine() {
    tree.modules("cfg80211", "mac80211");
    FakeKernel kernel = new FakeKernel().refuse("NL80211_CMD_GET_INTERFACE", 1);
    assertThat(netlink(kernel, NetnsScope.OWN).look().getLast())
        .returns(Severity.WARN, Finding::severity)
        .returns("does not answer: NL80211_CMD_GET_INTERFACE failed: Errno 1", Finding::state);
  }

  @Test
  void libnlCanBeMissing() {
    Runnable missing =
        () -> {
          throw new Failure("libnl-3.so.200 cannot be loaded: install libnl 3.");
        };
    assertThat(new NetlinkCheck(root, missing, new FakeKernel(), NetnsScope.OWN).look())
        .singleElement()
        .returns(Severity.WARN, Finding::severity)
        .returns("libnl", Finding::subject)
        .returns("install libnl 3", Finding::remedy);
  }

  // --- BTF

  @Test
  void wholeBtfIsWell() {
    ModuleBtf.write(btf(), "mac80211", "mesh_path_add");
    ModuleBtf.write(btf(), "cfg80211", "cfg80211_leave");
    tree.modules("cfg80211", "mac80211");
    assertThat(severities(new BtfCheck(root, null)))
        .containsExactly(Severity.OK, Severity.OK, Severity.OK);
  }

  @Test
  void kernelWithoutBtfPolls() {
    assertThat(new BtfCheck(root, null).look())
        .singleElement()
        .returns(Severity.WARN, Finding::severity)
        .satisfies(
            finding -> {
              assertThat(finding.state()).contains("/vmlinux is missing");
              assertThat(finding.cost()).contains("paths are polled");
              assertThat(finding.remedy()).contains("CONFIG_DEBUG_INFO_BTF,", "--btf FILE");
            });
  }

  @Test
  void brokenBtfOfTheKernelIsNamed() {
    tree.file("sys/kernel/btf/vmlinux", "no BTF at all, but longer than its header");
    assertThat(new BtfCheck(root, null).look())
        .singleElement()
        .returns(Severity.WARN, Finding::severity)
        .returns(btf().resolve("vmlinux") + " is broken", Finding::state);
  }

  @ParameterizedTest
  @CsvSource({"mac80211, kprobes", "cfg80211, nothing as long as"})
  void brokenBtfOfAModuleIsNamed(String module, String cost) {
    ModuleBtf.write(btf(), "mac80211", "mesh_path_add");
    ModuleBtf.write(btf(), "cfg80211", "cfg80211_leave");
    tree.modules("cfg80211", "mac80211").file("sys/kernel/btf/" + module, "broken");
    assertThat(new BtfCheck(root, null).look())
        .filteredOn(finding -> finding.severity() == Severity.WARN)
        .singleElement()
        .returns(btf().resolve(module) + " is broken", Finding::state)
        .satisfies(finding -> assertThat(finding.cost()).contains(cost));
  }

  @Test
  void moduleWithoutBtfPollsAndThatOfCfg80211IsNotNeeded() {
    ModuleBtf.write(btf(), "other", "other");
    tree.modules("cfg80211", "mac80211");
    assertThat(new BtfCheck(root, null).look())
        .filteredOn(finding -> finding.severity() == Severity.WARN)
        .singleElement()
        .returns(btf().resolve("mac80211") + " is missing", Finding::state)
        .satisfies(
            finding ->
                assertThat(finding.remedy())
                    .contains("CONFIG_DEBUG_INFO_BTF_MODULES", "--btf FILE"));
  }

  @Test
  void givenFileTakesThePlaceOfTheKernels() throws IOException {
    Path file = root.resolve("given.btf");
    Files.write(file, new BtfBytes().struct("ieee80211_sub_if_data", 8).bytes());
    assertThat(new BtfCheck(root, file).look())
        .extracting(Finding::severity, Finding::cost)
        .containsExactly(
            tuple(Severity.OK, ""),
            tuple(Severity.WARN, "fentry is not possible: kprobes take its place"));
  }

  @Test
  void givenFileMustBeBtfOfMac80211() throws IOException {
    Path file = Files.write(root.resolve("given.btf"), new BtfBytes().bytes());
    assertThat(new BtfCheck(root, file).look().getFirst())
        .returns(Severity.WARN, Finding::severity)
        .returns(file + " does not describe mac80211", Finding::state);
    Files.writeString(file, "text");
    assertThat(new BtfCheck(root, file).look().getFirst())
        .returns(Severity.FAIL, Finding::severity)
        .returns(file + " is no BTF", Finding::state);
  }

  // --- hardware

  @Test
  void withoutRadioThereIsNothingToSay() {
    assertThat(new HardwareCheck(root).look()).isEmpty();
  }

  @Test
  void radioThatHidesNothingIsWell() {
    tree.radio("phy0", "ath9k", "SIGNAL_DBM", "REPORTS_TX_ACK_STATUS");
    assertThat(new HardwareCheck(root).look())
        .containsExactly(Finding.ok("hardware", "phy0 (ath9k): hides no frames"));
  }

  @Test
  void offloadsHideFrames() {
    tree.radio("phy0", "mt76", "SUPPORTS_TX_ENCAP_OFFLOAD", "SUPPORTS_RX_DECAP_OFFLOAD");
    assertThat(new HardwareCheck(root).look())
        .allSatisfy(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARN);
              assertThat(finding.state()).startsWith("phy0 (mt76): ");
            })
        .extracting(Finding::cost)
        .satisfiesExactly(
            cost -> assertThat(cost).contains("does not notice a broken link"),
            cost -> assertThat(cost).contains("data_tx"),
            cost -> assertThat(cost).contains("data_rx"));
  }

  @Test
  void withoutDebugfsItSaysThatItDidNotLook() {
    tree.radio("phy0", "ath9k");
    assertThat(new HardwareCheck(root).look())
        .containsExactly(
            Finding.ok("hardware", "phy0 (ath9k): not checked: mount debugfs and look as root"));
  }

  private Path btf() {
    return tree.directory("sys/kernel/btf");
  }

  private Check netlink(Supplier<Nl80211> nl80211, NetnsScope netns) {
    return new NetlinkCheck(root, () -> {}, nl80211, netns);
  }

  private static List<Severity> severities(Check check) {
    return check.look().stream().map(Finding::severity).toList();
  }
}
