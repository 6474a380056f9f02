package dev.meshpath.collector.meshpath;

import java.util.List;
import java.util.function.Supplier;

/**
 * In which mesh each device is, which nl80211 does not tell: as the last look at the frame counts
 * saw it, which each scrape takes.
 */
public final class DeviceMeshes implements Supplier<List<FrameCounts>> {
  private final Supplier<List<FrameCounts>> look;
  private volatile List<FrameCounts> last = List.of();

  /**
   * @param look the frame counts of this moment
   */
  public DeviceMeshes(Supplier<List<FrameCounts>> look) {
    this.look = look;
  }

  /** Looks at the frame counts. */
  @Override
  public List<FrameCounts> get() {
    List<FrameCounts> now = look.get();
    last = now;
    return now;
  }

  /**
   * The {@link dev.meshpath.frame.MeshId#hash} of the mesh that a device is in.
   *
   * @param netns inode number of the device's network namespace
   * @return empty: it is in none, or it is not known
   */
  public String hashOf(int netns, int ifindex) {
    for (FrameCounts counts : last) {
      MeshPathEvent.Device device = counts.device();
      if (device.netns() == netns && device.ifindex() == ifindex) {
        return device.meshId().hash();
      }
    }
    return "";
  }
}
