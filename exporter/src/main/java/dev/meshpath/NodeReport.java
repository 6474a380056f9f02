package dev.meshpath;

import dev.meshpath.collector.meshpath.DeviceSnapshot;
import dev.meshpath.collector.meshpath.live.PathJson;
import dev.meshpath.collector.peerlink.MeshDevice;
import dev.meshpath.collector.peerlink.PeerJson;
import dev.meshpath.failure.Failure;
import dev.meshpath.json.Json;
import dev.meshpath.json.JsonObject;
import dev.meshpath.net.MacAddress;
import dev.meshpath.net.NetDevice;
import dev.meshpath.record.KernelClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** This node as a JSON object: what both collectors know of each mesh device, joined by device. */
final class NodeReport implements Supplier<String> {
  private final Sources sources;
  private final KernelClock clock;
  private final LongSupplier nowNs;

  /**
   * Where it comes from.
   *
   * @param kind {@code kernel} or {@code recording}
   * @param paths one look at the path tables
   * @param peers one look at the peers of the devices of namespace {@code netns}
   * @param netns inode number of it
   * @param peerLimit peers that are listed, a device
   */
  record Sources(
      String kind,
      Supplier<List<DeviceSnapshot>> paths,
      Supplier<List<MeshDevice>> peers,
      int netns,
      int peerLimit) {}

  /**
   * @param clock of the world
   * @param nowNs CLOCK_MONOTONIC, of this machine or of a recorded one
   */
  NodeReport(Sources sources, KernelClock clock, LongSupplier nowNs) {
    this.sources = sources;
    this.clock = clock;
    this.nowNs = nowNs;
  }

  @Override
  public String get() {
    List<String> obstacles = new ArrayList<>();
    List<DeviceSnapshot> tables = look(sources.paths(), obstacles);
    List<MeshDevice> meshes = new ArrayList<>(look(sources.peers(), obstacles));
    long now = nowNs.getAsLong();
    List<String> devices = new ArrayList<>();
    for (DeviceSnapshot table : tables) {
      JsonObject device = device(table.device(), table.meshId().text());
      meshes.stream()
          .filter(mesh -> isSame(mesh, table.device()))
          .findFirst()
          .ifPresent(
              mesh -> {
                addPeers(mesh, device);
                meshes.remove(mesh);
              });
      device.list("paths", new PathJson(table, now).texts());
      devices.add(device.toString());
    }
    for (MeshDevice mesh : meshes) { // nothing happened on it yet
      JsonObject device = device(netDevice(mesh), "");
      addPeers(mesh, device);
      devices.add(device.list("paths", List.of()).toString());
    }
    return new JsonObject()
        .text("time", Instant.EPOCH.plusNanos(clock.epochNs(now)).toString())
        .text("source", sources.kind())
        .list("obstacles", obstacles.stream().map(Json::string).toList())
        .list("devices", devices)
        .toString();
  }

  /** What cannot be looked at is a sentence beside the rest. */
  private static <T> List<T> look(Supplier<List<T>> at, List<String> obstacles) {
    try {
      return at.get();
    } catch (Failure e) {
      obstacles.add(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private static JsonObject device(NetDevice device, String meshId) {
    JsonObject json =
        new JsonObject()
            .text("network.interface.name", device.name())
            .number("netns", Integer.toUnsignedLong(device.netns()))
            .text("mesh.node.address", MacAddress.toAttribute(device.address()));
    return meshId.isEmpty() ? json : json.text("mesh.id", meshId);
  }

  private void addPeers(MeshDevice mesh, JsonObject device) {
    PeerJson.describe(mesh, device);
    device.list("peers", PeerJson.texts(mesh, sources.peerLimit()));
  }

  private boolean isSame(MeshDevice mesh, NetDevice device) {
    return device.netns() == sources.netns() && device.ifindex() == mesh.device().ifindex();
  }

  private NetDevice netDevice(MeshDevice mesh) {
    return new NetDevice(
        sources.netns(), mesh.device().ifindex(), mesh.device().name(), mesh.device().address());
  }
}
