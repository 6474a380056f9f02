package dev.meshpath.collector.meshpath.foreign;

import dev.meshpath.frame.Body;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.file.AirFrame;
import dev.meshpath.frame.file.CaptureException;
import dev.meshpath.frame.file.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The path selection, peering and data frames of a capture, found by their headers. */
final class Capture {
  /** As much of a data frame as leaves the kernel, too, by default: its headers. */
  private static final int DATA_FRAME_BYTES = 74;

  private final Map<Integer, List<Captured>> byControls = new HashMap<>();

  /**
   * A frame.
   *
   * @param number of its record
   * @param epochNs when it was captured
   * @param frame with its header
   * @param snapshot its bytes
   */
  record Captured(long number, long epochNs, AirFrame frame, FrameSnapshot snapshot) {}

  /** No frames. */
  static Capture none() {
    return new Capture();
  }

  /**
   * Reads all frames.
   *
   * @throws CaptureException if the file is no capture, or ends within a record
   */
  static Capture read(Path file) throws IOException, CaptureException {
    Capture capture = new Capture();
    try (CaptureFile in = CaptureFile.open(file)) {
      for (AirFrame frame = in.next(); frame != null; frame = in.next()) {
        capture.take(frame);
      }
    }
    return capture;
  }

  private void take(AirFrame frame) {
    FrameSnapshot snapshot =
        switch (frame.frame().body()) {
          case Body.Action action ->
              snapshot(frame, action.offset() + action.length(), Integer.MAX_VALUE);
          case Body.Data data -> snapshot(frame, data.offset() + data.length(), DATA_FRAME_BYTES);
          case Body.Protected _, Body.Other _ -> FrameSnapshot.NONE;
        };
    if (frame.defect() == null && snapshot.isPresent()) {
      long epochNs = ChronoUnit.NANOS.between(Instant.EPOCH, frame.time());
      byControls
          .computeIfAbsent(
              key(frame.frame().header().frameControl(), frame.frame().header().sequenceControl()),
              _ -> new ArrayList<>())
          .add(new Captured(frame.number(), epochNs, frame, snapshot));
    }
  }

  private static FrameSnapshot snapshot(AirFrame frame, int length, int most) {
    int from = frame.offset();
    int kept = Math.min(length, most);
    return new FrameSnapshot(
        FrameSnapshot.Form.IEEE80211,
        length,
        Arrays.copyOfRange(frame.bytes(), from, Math.min(from + kept, frame.bytes().length)));
  }

  /**
   * The frame that an event is about: of those with its header (and, where the event names records,
   * of these) the nearest in time.
   */
  Optional<Captured> find(ForeignEvent event) {
    return byControls
        .getOrDefault(key(event.frameControl(), event.sequenceControl()), List.of())
        .stream()
        .filter(captured -> event.fits(captured.frame().frame().header()))
        .filter(
            captured -> event.packets().isEmpty() || event.packets().contains(captured.number()))
        .min(Comparator.comparingLong(captured -> Math.abs(captured.epochNs() - event.epochNs())));
  }

  private static int key(int frameControl, int sequenceControl) {
    return frameControl << Short.SIZE | (sequenceControl & 0xffff);
  }
}
