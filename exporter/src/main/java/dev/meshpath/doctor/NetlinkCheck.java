package dev.meshpath.doctor;

import dev.meshpath.config.NetnsScope;
import dev.meshpath.failure.Failure;
import dev.meshpath.nl80211.Nl80211;
import dev.meshpath.nl80211.WirelessInterface;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** libnl, nl80211, and whether there is a mesh interface to watch. */
final class NetlinkCheck implements Check {
  private static final String WITHOUT_NL80211 =
      "no peer links, and where nothing can be attached no paths either";

  private final Path root;
  private final Runnable libnl;
  private final Supplier<Nl80211> nl80211;
  private final NetnsScope netns;

  NetlinkCheck(Path root, Runnable libnl, Supplier<Nl80211> nl80211, NetnsScope netns) {
    this.root = root;
    this.libnl = libnl;
    this.nl80211 = nl80211;
    this.netns = netns;
  }

  @Override
  public String subject() {
    return "nl80211";
  }

  @Override
  public List<Finding> look() {
    try {
      libnl.run();
    } catch (Failure e) {
      Sentence sentence = Sentence.of(e);
      return List.of(Finding.warn("libnl", sentence.state(), WITHOUT_NL80211, sentence.remedy()));
    }
    Finding linked = Finding.ok("libnl", "libnl-3 and libnl-genl-3 are installed");
    return ModuleCheck.missing(root).findAny().isPresent()
        ? List.of(linked) // nobody there to ask
        : List.of(linked, ask());
  }

  private Finding ask() {
    try (Nl80211 connection = nl80211.get()) {
      List<String> meshes =
          connection.interfaces().stream()
              .filter(WirelessInterface::isMeshPoint)
              .map(WirelessInterface::name)
              .sorted()
              .toList();
      return meshes.isEmpty()
          ? noMesh()
          : Finding.ok(subject(), "mesh interface " + String.join(", ", meshes));
    } catch (Failure e) {
      return Finding.warn(
          subject(),
          "does not answer: " + String.valueOf(e.getMessage()).replaceFirst("\\.$", ""),
          WITHOUT_NL80211,
          "see the kernel's log for what the driver of the Wi-Fi card says");
    }
  }

  private Finding noMesh() {
    String state = "no mesh interface in this network namespace";
    if (netns == NetnsScope.ALL) {
      return Finding.ok(subject(), state + "; those of the others are watched, too");
    }
    return Finding.warn(
        subject(),
        state,
        "there is nothing to watch until one comes",
        "make one: iw phy phy0 interface add mesh0 type mp; for one in another namespace use"
            + " nsenter --net or --netns=all");
  }
}
