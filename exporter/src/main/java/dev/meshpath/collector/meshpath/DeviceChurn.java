package dev.meshpath.collector.meshpath;

import dev.meshpath.collector.meshpath.churn.ChangeClass;
import dev.meshpath.collector.meshpath.churn.ChurnMeasures;
import dev.meshpath.collector.meshpath.churn.PathEnd;
import dev.meshpath.net.MacAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.agrona.collections.MutableLong;

/**
 * What the events of one device mean for the history of its paths. Called before the path takes the
 * event. Guarded by the ring's lock.
 */
final class DeviceChurn {
  private final Function<MeshPathEvent.Device, ChurnMeasures> measuring;
  private final Map<ChangeClass, MutableLong> byClass = new EnumMap<>(ChangeClass.class);
  private ChurnMeasures measures;

  /**
   * @param measuring who takes what is measured of the paths of a device
   */
  DeviceChurn(
      MeshPathEvent.Device device, Function<MeshPathEvent.Device, ChurnMeasures> measuring) {
    this.measuring = measuring;
    this.measures = measuring.apply(device);
    for (ChangeClass why : ChangeClass.values()) {
      byClass.put(why, new MutableLong());
    }
  }

  /** The device is followed by another name, or another device by the same name. */
  void rename(MeshPathEvent.Device renamed, boolean sameName) {
    ChurnMeasures former = measures;
    measures = measuring.apply(renamed);
    if (!sameName) {
      former.gone();
    }
  }

  /** The device is no longer followed. */
  void end() {
    measures.gone();
  }

  /** Next hop changes by why they were. */
  Map<ChangeClass, Long> changesByClass() {
    Map<ChangeClass, Long> counts = new EnumMap<>(ChangeClass.class);
    byClass.forEach((why, count) -> counts.put(why, count.get()));
    return counts;
  }

  void activated(MeshPath path, MeshPathEvent event) {
    path.churn.activated(event.ktimeNs(), measures);
  }

  void deactivated(MeshPath path, MeshPathEvent event) {
    path.churn.deactivated(endOf(event), event.ktimeNs());
  }

  void deleted(MeshPath path, MeshPathEvent event) {
    path.churn.deleted(endOf(event), path.active, event.ktimeNs(), measures);
  }

  void nextHop(MeshPath path, MeshPathEvent event) {
    MeshPathState after = event.after();
    long nextHop = after == null ? MacAddress.NONE : after.nextHop();
    switch (event.change()) {
      case ASSIGN -> path.churn.assigned(nextHop, event.ktimeNs());
      case CHANGE -> changed(path, event, nextHop);
      default -> path.churn.refreshed(event.ktimeNs());
    }
  }

  void discovery(MeshPath path, MeshPathEvent event) {
    switch (event.change()) {
      case DISCOVERY_STARTED -> path.churn.discoveryStarted(event.ktimeNs());
      case DISCOVERY_ENDED -> path.churn.discoveryEnded(true, event.ktimeNs(), measures);
      case DISCOVERY_FAILED -> path.churn.discoveryEnded(false, event.ktimeNs(), measures);
      default -> {} // no more than a step
    }
  }

  private void changed(MeshPath path, MeshPathEvent event, long nextHop) {
    MeshPathState before = event.before();
    MeshPathState after = event.after();
    boolean fresher = false;
    if (before != null && after != null) {
      fresher = after.sequenceNumber() - before.sequenceNumber() > 0;
      measureRatio(before, after);
    }
    ChangeClass why =
        path.churn.changed(
            before == null ? path.nextHop : before.nextHop(),
            nextHop,
            event.cause().kind() == PathCause.USER,
            fresher,
            event.ktimeNs(),
            measures);
    byClass.computeIfAbsent(why, absent -> new MutableLong()).increment();
  }

  private void measureRatio(MeshPathState before, MeshPathState after) {
    if (before.airtimeMetric() != 0 && after.airtimeMetric() != 0) {
      measures.metricChanged(
          (double) Integer.toUnsignedLong(after.airtimeMetric())
              / Integer.toUnsignedLong(before.airtimeMetric()));
    }
  }

  /** What ended the use of a path, by what deactivated or deleted it. */
  private static PathEnd endOf(MeshPathEvent event) {
    return switch (event.cause().kind()) {
      case PERR -> PathEnd.PERR;
      case TX_FAILURE, PEER_LOSS -> PathEnd.PEER_LOSS;
      case TIMER -> PathEnd.EXPIRE;
      default -> PathEnd.DELETE;
    };
  }
}
