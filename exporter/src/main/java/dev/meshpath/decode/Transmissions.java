package dev.meshpath.decode;

import dev.meshpath.bounded.YoungestMap;
import dev.meshpath.frame.FrameHeader;
import dev.meshpath.frame.file.AirFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Tells a transmission that was captured several times: a retry of the same transmitter with the
 * same sequence control, or the same frame heard by two interfaces. Sequence numbers come round, in
 * a busy network within seconds, so that only what is close counts.
 */
final class Transmissions {
  /** No transmission was seen before. */
  static final long NONE = 0;

  /** Longer than any radio retries. */
  private static final Duration WINDOW = Duration.ofSeconds(1);

  /** More management frames than are sent in that time. */
  private static final int REMEMBERED = 4096;

  private final Map<Key, First> seen = new YoungestMap<>(REMEMBERED);

  private record Key(long transmitter, int sequenceControl) {}

  private record First(long number, Instant time, int interfaceId) {}

  /** The number of the first frame of the transmission that this one repeats, or {@link #NONE}. */
  long repeated(AirFrame frame) {
    FrameHeader header = frame.frame().header();
    if (header.sequenceControl() == FrameHeader.ABSENT) {
      return NONE;
    }
    Key key = new Key(header.transmitter(), header.sequenceControl());
    First first = seen.get(key);
    boolean again =
        first != null
            && (header.retry() || first.interfaceId() != frame.interfaceId())
            && Duration.between(first.time(), frame.time()).abs().compareTo(WINDOW) <= 0;
    if (first != null && again) {
      return first.number();
    }
    seen.remove(key); // to be the youngest again
    seen.put(key, new First(frame.number(), frame.time(), frame.interfaceId()));
    return NONE;
  }
}
