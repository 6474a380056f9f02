package dev.meshpath.frame.file;

import dev.meshpath.frame.Defect;
import dev.meshpath.frame.Frame;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A frame of a capture.
 *
 * @param number of its record in the file, from 1
 * @param time when it was captured
 * @param interfaceId the interface that captured it, counted through all sections of the file
 * @param signalDbm how strong it was; empty if the capture does not say
 * @param fcs its frame check sequence
 * @param frame what it is
 * @param defect why even its beginning cannot be trusted; null if it can
 * @param bytes of the record
 * @param offset where in them the frame begins
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares frames
public record AirFrame(
    long number,
    Instant time,
    int interfaceId,
    OptionalInt signalDbm,
    Fcs fcs,
    Frame frame,
    @Nullable Defect defect,
    byte[] bytes,
    int offset) {
  /** What became of the frame check sequence. */
  public enum Fcs {
    /** The capture says that there is none, or says nothing and the last bytes are none. */
    NONE,
    /** It was there and is right. */
    GOOD,
    /** It was there, or the radio knew it, and is wrong. */
    BAD,
    /** It was cut off. */
    CUT
  }
}
