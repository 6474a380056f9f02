package dev.meshpath.collector.meshpath;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.MeshId;
import dev.meshpath.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as the kernel would send them, for tests. */
public final class Events {
  /** The device {@code mesh0} of network namespace 1. */
  public static final MeshPathEvent.Device MESH0 = device(1, 7, "mesh0");

  /** Flags of a path that is usable: ACTIVE, SN_VALID, RESOLVED. */
  public static final int USABLE = 0x15;

  /** The same while a discovery refreshes it. */
  public static final int REFRESHING = USABLE | MeshPathState.RESOLVING;

  /** SN_VALID, RESOLVED: not usable. */
  public static final int UNUSABLE = 0x14;

  private static final MeshPathState BLANK = state(MacAddress.NONE, 0, 0);

  private Events() {}

  /** A device with a name of at most eight characters. */
  public static MeshPathEvent.Device device(int netns, int ifindex, String name) {
    long nameLow = 0;
    for (int i = name.length() - 1; i >= 0; i--) {
      nameLow = nameLow << 8 | name.charAt(i);
    }
    return new MeshPathEvent.Device(
        netns, ifindex, nameLow, 0, 0x0200_0000_0000L, new MeshId("meshpath".getBytes(UTF_8)));
  }

  /** Station number {@code n}. */
  public static long station(int n) {
    return 0x0200_0000_0000L | (long) n << 8;
  }

  /** The paths but for their history. */
  public static List<PathSnapshot> withoutLife(List<PathSnapshot> paths) {
    return paths.stream()
        .map(
            path ->
                new PathSnapshot(
                    path.destination(),
                    path.alive(),
                    path.active(),
                    path.nextHop(),
                    path.airtimeMetric(),
                    path.hopCount(),
                    path.root(),
                    path.gate(),
                    path.changes(),
                    path.returns(),
                    path.flapPenalty(),
                    path.flapping(),
                    PathLife.UNKNOWN))
        .toList();
  }

  /** A new entry, which has no next hop. */
  public static MeshPathEvent add(MeshPathEvent.Device device, long destination, long ktimeNs) {
    return event(device, destination, ktimeNs, MeshPathChange.ADD, PathCause.PREQ, null, BLANK);
  }

  /** A next hop: {@code change} is one of assign, change, reassign. */
  public static MeshPathEvent nextHop(
      MeshPathEvent.Device device,
      long destination,
      long ktimeNs,
      MeshPathChange change,
      long nextHop,
      int airtimeMetric,
      int hopCount) {
    MeshPathState after =
        new MeshPathState(nextHop, 0, 1, airtimeMetric, USABLE, hopCount, false, false);
    return event(device, destination, ktimeNs, change, PathCause.PREP, BLANK, after);
  }

  /** The end of an entry that was not usable any more. */
  public static MeshPathEvent delete(MeshPathEvent.Device device, long destination, long ktimeNs) {
    return event(
        device,
        destination,
        ktimeNs,
        MeshPathChange.DELETE,
        PathCause.TIMER,
        new MeshPathState(station(1), 0, 1, 8193, 0x40, 1, false, false),
        null);
  }

  /** A refusal. */
  public static MeshPathEvent refusal(MeshPathEvent.Device device, long destination, int error) {
    return new MeshPathEvent(
        1,
        0,
        device,
        destination,
        0,
        MeshPathChange.ADD_FAILED,
        error,
        0,
        null,
        null,
        Cause.of(PathCause.DATA_TX));
  }

  /** Any event of an entry. */
  public static MeshPathEvent event(
      MeshPathEvent.Device device,
      long destination,
      long ktimeNs,
      MeshPathChange change,
      PathCause cause,
      @Nullable MeshPathState before,
      @Nullable MeshPathState after) {
    return new MeshPathEvent(
        ktimeNs,
        0,
        device,
        destination,
        0x1000 + destination,
        change,
        0,
        0,
        before,
        after,
        Cause.of(cause));
  }

  /** A state by what the table's bookkeeping looks at. */
  public static MeshPathState state(long nextHop, long expiryNs, int flags) {
    return new MeshPathState(nextHop, expiryNs, 0, 0, flags, 0, false, false);
  }

  /** A received element that told nothing new: {@code reason} of {@code enum hwmp_ignored}. */
  public static MeshPathEvent ignored(long transmitter, int elementId, int reason) {
    return new MeshPathEvent(
        1,
        0,
        MESH0,
        transmitter,
        0,
        MeshPathChange.HWMP_IGNORED,
        0,
        reason,
        null,
        null,
        new Cause(PathCause.PREQ, 0, 0, 0, 0, 0, transmitter, 0, hwmpFrame(elementId)));
  }

  /** The beginning of an action frame with that element. */
  public static FrameSnapshot hwmpFrame(int elementId) {
    byte[] frame = new byte[28];
    frame[0] = (byte) 0xd0;
    frame[24] = 13;
    frame[25] = 1;
    frame[26] = (byte) elementId;
    return new FrameSnapshot(FrameSnapshot.Form.IEEE80211, 65, frame);
  }

  /** A peer link goes from one state of {@code enum nl80211_plink_state} to another. */
  public static MeshPathEvent peerState(long peer, int from, int to) {
    return new MeshPathEvent(
        1,
        0,
        MESH0,
        peer,
        0,
        MeshPathChange.PEER_STATE,
        0,
        from | to << 8 | 55 << 16,
        null,
        null,
        Cause.of(PathCause.UNKNOWN));
  }

  /** A row of walk {@code number}; of its end, {@code sent} is how many rows there were. */
  public static MeshPathEvent walk(
      MeshPathChange change,
      int number,
      long ktimeNs,
      long destination,
      int sent,
      @Nullable MeshPathState state) {
    return new MeshPathEvent(
        ktimeNs,
        0,
        MESH0,
        destination,
        0,
        change,
        sent,
        number,
        null,
        state,
        Cause.of(PathCause.UNKNOWN));
  }
}
