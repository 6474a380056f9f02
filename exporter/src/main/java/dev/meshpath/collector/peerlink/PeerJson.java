package dev.meshpath.collector.peerlink;

import dev.meshpath.json.JsonObject;
import dev.meshpath.net.Channel;
import dev.meshpath.net.MacAddress;
import dev.meshpath.nl80211.StationInfo;
import java.util.List;

/** The peers of a device as JSON objects. What the driver does not tell is left out. */
public final class PeerJson {
  private static final double MS_PER_SECOND = 1e3;

  private PeerJson() {}

  /**
   * A JSON text each, established ones first.
   *
   * @param most so many at most
   */
  public static List<String> texts(MeshDevice mesh, int most) {
    return PeerList.of(mesh.peers(), most).listed().stream().map(PeerJson::text).toList();
  }

  /** Adds channel and mesh parameters of the device. */
  public static void describe(MeshDevice mesh, JsonObject json) {
    mesh.device()
        .frequencyMhz()
        .ifPresent(
            mhz -> Channel.of(mhz).ifPresent(channel -> json.number("mesh.channel", channel)));
    json.number("mesh.root_mode", mesh.config().root().mode())
        .flag("mesh.forwarding", mesh.config().forwarding());
  }

  private static String text(StationInfo peer) {
    JsonObject json =
        new JsonObject().text("mesh.peer.address", MacAddress.toAttribute(peer.address()));
    peer.peerLink().ifPresent(state -> json.text("mesh.peer.state", state.word()));
    peer.signalDbm().ifPresent(dbm -> json.number("mesh.peer.signal_dbm", dbm));
    peer.receiveBitsPerSecond()
        .ifPresent(rate -> json.number("mesh.peer.receive_bits_per_second", rate));
    peer.transmitBitsPerSecond()
        .ifPresent(rate -> json.number("mesh.peer.transmit_bits_per_second", rate));
    peer.airtimeMetric().ifPresent(metric -> json.number("mesh.peer.metric", metric));
    peer.inactiveMs().ifPresent(ms -> json.number("mesh.peer.inactive_s", ms / MS_PER_SECOND));
    return json.toString();
  }
}
