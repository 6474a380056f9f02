package dev.meshpath.collector.meshpath;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.meshpath.frame.MeshId;
import dev.meshpath.net.MacAddress;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** {@code struct mesh_device} of bpf/mesh_path/mesh_path.h. */
final class DeviceRecord {
  /** {@code struct mac_slot} of bpf/include/record.h. */
  static final StructLayout MAC_SLOT =
      MemoryLayout.structLayout(
              MemoryLayout.sequenceLayout(6, JAVA_BYTE).withName("octets"),
              MemoryLayout.sequenceLayout(2, JAVA_BYTE).withName("pad"))
          .withName("mac_slot");

  /** The layout. */
  static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
              JAVA_INT.withName("netns"),
              JAVA_INT.withName("ifindex"),
              MemoryLayout.sequenceLayout(16, JAVA_BYTE).withName("name"),
              MAC_SLOT.withName("own"),
              JAVA_BYTE.withName("mesh_id_length"),
              MemoryLayout.sequenceLayout(7, JAVA_BYTE).withName("pad"),
              MemoryLayout.sequenceLayout(MeshId.MAX_BYTES, JAVA_BYTE).withName("mesh_id"))
          .withName("mesh_device");

  private static final long NETNS = at("netns");
  private static final long IFINDEX = at("ifindex");
  private static final long NAME = at("name");
  private static final long OWN = at("own");
  private static final long MESH_ID_LENGTH = at("mesh_id_length");
  private static final long MESH_ID = at("mesh_id");

  private DeviceRecord() {}

  static MeshPathEvent.Device decode(MemorySegment data, long at) {
    return new MeshPathEvent.Device(
        data.get(JAVA_INT, at + NETNS),
        data.get(JAVA_INT, at + IFINDEX),
        data.get(JAVA_LONG, at + NAME),
        data.get(JAVA_LONG, at + NAME + Long.BYTES),
        MacAddress.fromSlot(data.get(JAVA_LONG, at + OWN)),
        meshId(data, at));
  }

  static void encode(MeshPathEvent.Device device, MemorySegment data, long at) {
    data.set(JAVA_INT, at + NETNS, device.netns());
    data.set(JAVA_INT, at + IFINDEX, device.ifindex());
    data.set(JAVA_LONG, at + NAME, device.nameLow());
    data.set(JAVA_LONG, at + NAME + Long.BYTES, device.nameHigh());
    data.set(JAVA_LONG, at + OWN, MacAddress.toSlot(device.address()));
    byte[] meshId = device.meshId().octets();
    data.set(JAVA_BYTE, at + MESH_ID_LENGTH, (byte) meshId.length);
    MemorySegment.copy(meshId, 0, data, JAVA_BYTE, at + MESH_ID, meshId.length);
  }

  /** What lies behind the length is of a former, longer id. */
  private static MeshId meshId(MemorySegment data, long at) {
    int length =
        Math.min(Byte.toUnsignedInt(data.get(JAVA_BYTE, at + MESH_ID_LENGTH)), MeshId.MAX_BYTES);
    if (length == 0) {
      return MeshId.NONE;
    }
    byte[] octets = new byte[length];
    MemorySegment.copy(data, JAVA_BYTE, at + MESH_ID, octets, 0, length);
    return new MeshId(octets);
  }

  private static long at(String member) {
    return LAYOUT.byteOffset(groupElement(member));
  }
}
