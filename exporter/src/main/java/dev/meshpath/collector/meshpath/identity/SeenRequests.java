package dev.meshpath.collector.meshpath.identity;

import dev.meshpath.bounded.YoungestMap;
import dev.meshpath.frame.MeshId;
import java.util.Map;

/**
 * The PREQs that came by. A PREP names whom it answers but not whom was asked for: if nobody asked
 * for its sender, it answers a PREQ to everybody, and is of that one's trace. Bounded: the oldest
 * are forgotten.
 */
final class SeenRequests {
  private static final int LIMIT = 1024;

  private final Map<Request, Boolean> seen = new YoungestMap<>(LIMIT);

  private record Request(MeshId mesh, long originator, int originatorSn, long target) {}

  void add(MeshId mesh, long originator, int originatorSn, long target) {
    seen.put(new Request(mesh, originator, originatorSn, target), true);
  }

  /** Whom the PREQ asked for that {@code answerer} answers. */
  long target(MeshId mesh, long originator, int originatorSn, long answerer) {
    boolean asked = seen.containsKey(new Request(mesh, originator, originatorSn, answerer));
    boolean askedAll =
        seen.containsKey(new Request(mesh, originator, originatorSn, TraceOfFrame.BROADCAST));
    return !asked && askedAll ? TraceOfFrame.BROADCAST : answerer;
  }
}
