package dev.meshpath.collector.meshpath;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one walk through the kernel's tables found. Guarded by the ring's lock. */
final class TableWalk {
  private final int number;
  private final long beginNs;
  private final List<MeshPathEvent> paths = new ArrayList<>();
  private final List<MeshPathEvent> proxies = new ArrayList<>();
  private final List<MeshPathEvent> peers = new ArrayList<>();
  private final Set<Entry> entries = new HashSet<>();
  private final Set<Entry> dropped = new HashSet<>();

  private record Entry(int netns, int ifindex, long destination) {
    static Entry of(MeshPathEvent.Device device, long destination) {
      return new Entry(device.netns(), device.ifindex(), destination);
    }
  }

  /**
   * @param number given by who asked for it
   * @param beginNs CLOCK_MONOTONIC; who changed since then is not judged by the walk
   */
  TableWalk(int number, long beginNs) {
    this.number = number;
    this.beginNs = beginNs;
  }

  long beginNs() {
    return beginNs;
  }

  int number() {
    return number;
  }

  void add(MeshPathEvent row) {
    if (row.detail() != number) {
      return;
    }
    switch (row.change()) {
      case WALK_PATH -> {
        paths.add(row);
        entries.add(Entry.of(row.device(), row.destination()));
      }
      case WALK_PROXY -> proxies.add(row);
      default -> peers.add(row);
    }
  }

  /** The entry was deleted while we walked: what the walk may have found of it is no more. */
  void drop(MeshPathEvent deletion) {
    dropped.add(Entry.of(deletion.device(), deletion.destination()));
  }

  /** Whether nothing of it was lost on the way: the end tells how much was sent. */
  boolean isComplete(MeshPathEvent end) {
    return end.detail() == number && end.error() == paths.size() + proxies.size() + peers.size();
  }

  List<MeshPathEvent> paths(MeshPathEvent.Device device) {
    return of(paths, device).stream()
        .filter(row -> !dropped.contains(Entry.of(row.device(), row.destination())))
        .toList();
  }

  List<MeshPathEvent> proxies(MeshPathEvent.Device device) {
    return of(proxies, device);
  }

  boolean has(MeshPathEvent.Device device, long destination) {
    return entries.contains(Entry.of(device, destination));
  }

  /** One row of each device that it met. */
  List<MeshPathEvent> devices() {
    List<MeshPathEvent> rows = new ArrayList<>(paths);
    rows.addAll(proxies);
    rows.addAll(peers);
    return rows;
  }

  private static List<MeshPathEvent> of(List<MeshPathEvent> rows, MeshPathEvent.Device device) {
    return rows.stream()
        .filter(
            row ->
                row.device().ifindex() == device.ifindex()
                    && row.device().netns() == device.netns())
        .toList();
  }
}
