package dev.meshpath.collector.meshpath;

import dev.meshpath.bounded.YoungestMap;
import java.util.List;
import java.util.Map;

/**
 * The frames that the kernel discarded since the programs are attached, each for one reason. The
 * kernel has a single count of those that found no path, and counts since the device was made; the
 * programs tell apart those that waited for a path. Not for several threads.
 */
final class DiscardedFrames {
  private static final int DEVICES = 1024;

  private record Interface(int netns, int ifindex) {}

  private record Totals(Total ttl, Total noRoute) {}

  /** Of a count modulo 2^32. */
  private static final class Total {
    private int last;
    private long sum;

    Total(long first) {
      last = (int) first;
    }

    /** The sum of its steps. One back comes from two counts that were not read at once. */
    long at(long now) {
      int step = (int) now - last;
      if (step > 0) {
        sum += step;
        last = (int) now;
      }
      return sum;
    }
  }

  private final Map<Interface, Totals> devices = new YoungestMap<>(DEVICES);

  /**
   * Begins.
   *
   * @param before what the kernel counted of the devices that there are
   */
  DiscardedFrames(List<FrameCounts> before) {
    for (FrameCounts counts : before) {
      devices.put(of(counts), totals(counts.discardedTtl(), counts.discardedNoRoute()));
    }
  }

  /**
   * What they are by now: {@code discardedNoRoute} without those that waited.
   *
   * @param now what the kernel and the programs count
   */
  List<FrameCounts> since(List<FrameCounts> now) {
    return now.stream().map(this::since).toList();
  }

  private FrameCounts since(FrameCounts now) {
    Totals totals = devices.computeIfAbsent(of(now), made -> totals(0, 0));
    long waited = now.discardedUnresolved() + now.discardedQueueFull();
    return new FrameCounts(
        now.device(),
        now.forwardedUnicast(),
        now.forwardedMulticast(),
        totals.ttl.at(now.discardedTtl()),
        totals.noRoute.at(now.discardedNoRoute() - waited),
        now.discardedUnresolved(),
        now.discardedQueueFull(),
        now.queued());
  }

  private static Totals totals(long ttl, long noRoute) {
    return new Totals(new Total(ttl), new Total(noRoute));
  }

  private static Interface of(FrameCounts counts) {
    return new Interface(counts.device().netns(), counts.device().ifindex());
  }
}
