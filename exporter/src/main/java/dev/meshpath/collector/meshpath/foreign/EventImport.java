package dev.meshpath.collector.meshpath.foreign;

import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshFrameRecord;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.failure.Failure;
import dev.meshpath.frame.MeshId;
import dev.meshpath.frame.file.CaptureException;
import dev.meshpath.record.KernelLedger;
import dev.meshpath.record.file.RecordingHeader;
import dev.meshpath.record.file.RecordingOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a recording of one station's event file and the capture beside it. */
public final class EventImport {
  private static final String NAME_EVENTS = "name an event file";

  private final RecordingHeader header;
  private final Translation translation;
  private final MemorySegment record =
      MemorySegment.ofArray(
          new long[Math.max(MeshPathRecord.BYTES, MeshFrameRecord.BYTES) / Long.BYTES + 1]);
  private final Map<String, Long> unknownActions = new TreeMap<>();
  private long vague;
  private long records;
  private long events;
  private long withFrame;
  private long wantingFrame;

  /**
   * @param program who imports, with its version
   * @param meshId of the mesh, which the files do not tell
   */
  public EventImport(String program, MeshId meshId) {
    this.header =
        new RecordingHeader(
            Map.of(
                RecordingHeader.PROGRAM,
                program,
                RecordingHeader.SOURCE,
                "import",
                RecordingHeader.NETNS,
                "own"));
    this.translation = new Translation(meshId);
  }

  /**
   * Imports.
   *
   * @param capture null: there is none
   * @param to a new file
   * @return what became of the events, as a sentence
   * @throws Failure if a file cannot be read or written; {@code to} then is not there
   */
  public String run(Path eventFile, @Nullable Path capture, Path to) {
    EventFile file = read(eventFile);
    Capture frames = capture == null ? Capture.none() : frames(capture);
    List<ForeignEvent> sorted =
        file.events().stream().sorted(Comparator.comparingLong(ForeignEvent::epochNs)).toList();
    try {
      write(sorted, frames, to);
    } catch (FileAlreadyExistsException e) {
      throw new Failure(to + " exists: name a new file with --output.", e);
    } catch (IOException e) {
      delete(to);
      throw new Failure(to + " cannot be written (" + e + "): name another with --output.", e);
    }
    return sentence(file);
  }

  private static EventFile read(Path file) {
    try {
      return EventFile.read(file);
    } catch (ForeignException e) {
      throw new Failure(file + " " + e.what() + ".", e);
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      throw new Failure(file + " does not exist or is a directory: " + NAME_EVENTS + ".", e);
    } catch (IOException e) {
      throw new Failure(file + " cannot be read (" + e + "): " + NAME_EVENTS + ".", e);
    }
  }

  private static Capture frames(Path file) {
    try {
      return Capture.read(file);
    } catch (CaptureException e) {
      throw new Failure(file + " " + e.what() + ".", e);
    } catch (IOException e) {
      throw new Failure(file + " cannot be read (" + e + "): name a pcap file.", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Failure(file + " cannot be deleted, and is not whole: delete it.", e);
    }
  }

  private void write(List<ForeignEvent> sorted, Capture frames, Path to) throws IOException {
    long firstNs = sorted.isEmpty() ? 0 : sorted.getFirst().epochNs();
    long lastNs = sorted.isEmpty() ? 0 : sorted.getLast().epochNs();
    try (RecordingOutput out = new RecordingOutput(to, header)) {
      out.write(feed -> feed.clock(0));
      out.write(feed -> feed.attached(firstNs, List.of()));
      for (ForeignEvent event : sorted) {
        write(event, frames, out);
      }
      out.write(feed -> feed.detached(lastNs, new KernelLedger(records, records, 0, 0, 0)));
      out.finish();
    }
  }

  private void write(ForeignEvent event, Capture frames, RecordingOutput out) throws IOException {
    Optional<Action> action = Action.of(event.action());
    if (action.isEmpty()) {
      unknownActions.merge(event.action(), 1L, Long::sum);
      return;
    }
    if (action.get().isVague()) {
      vague++;
      return;
    }
    Capture.Captured frame = null;
    if (action.get().hasFrame()) {
      frame = frames.find(event).orElse(null);
      wantingFrame++;
      withFrame += frame == null ? 0 : 1;
    }
    events++;
    for (MeshPathEvent each : translation.events(event, action.get(), frame)) {
      MeshPathRecord.encode(each, record, 0);
      records++;
      out.write(feed -> feed.record(record, 0, MeshPathRecord.BYTES));
    }
    MeshFrame own = translation.frame(event, action.get(), frame);
    if (own != null) {
      MeshFrameRecord.encode(own, record, 0);
      records++;
      out.write(feed -> feed.record(record, 0, MeshFrameRecord.BYTES));
    }
  }

  private String sentence(EventFile file) {
    StringBuilder text = new StringBuilder();
    text.append(events)
        .append(" of ")
        .append(file.events().size())
        .append(" events imported, ")
        .append(withFrame)
        .append(" of ")
        .append(wantingFrame)
        .append(" with their frame");
    if (vague > 0) {
      text.append("; ").append(vague).append(" left out whose action says nothing (*_UNKNOWN)");
    }
    if (!unknownActions.isEmpty()) {
      text.append("; left out, their actions being unknown: ").append(unknownActions);
    }
    if (!file.isWhole()) {
      text.append("; the event file has no end (its writer was killed): the events before are in");
    }
    return text.append('.').toString();
  }
}
