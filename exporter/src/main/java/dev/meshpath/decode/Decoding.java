package dev.meshpath.decode;

import dev.meshpath.config.DecodeConfig;
import dev.meshpath.failure.Failure;
import dev.meshpath.frame.Body;
import dev.meshpath.frame.Defect;
import dev.meshpath.frame.Element;
import dev.meshpath.frame.Frame;
import dev.meshpath.frame.FrameHeader;
import dev.meshpath.frame.file.AirFrame;
import dev.meshpath.frame.file.CaptureException;
import dev.meshpath.frame.file.CaptureFile;
import dev.meshpath.net.MacAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code meshpath decode}: one run over one capture. */
public final class Decoding {
  private static final String ERROR = "decode.error";
  private static final String UNKNOWN = "?";
  private static final String FRAME = "ieee80211.frame.";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);

  /** Now and then somebody asks whether anyone still reads. */
  private static final int LINES_BETWEEN_CHECKS = 1000;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Tally tally = new Tally();
  private final Transmissions transmissions = new Transmissions();
  private long lines;

  /**
   * @param out for the lines
   * @param err for what the lines do not tell
   */
  public Decoding(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Decodes, prints, and returns the exit code.
   *
   * @throws Failure if the file is no capture, has no 802.11 frames, or ends within a record
   */
  public int run(DecodeConfig config) {
    if (Files.isDirectory(config.file())) {
      throw failure(config, "is a directory: name a pcap or pcapng file");
    }
    try (CaptureFile capture = CaptureFile.open(config.file())) {
      read(capture, config);
      return 0;
    } catch (NoSuchFileException e) {
      throw failure(config, "does not exist: name a pcap or pcapng file");
    } catch (IOException e) {
      throw failure(config, "cannot be read (" + reason(e) + "): name a file that you may read");
    } catch (CaptureException e) {
      throw failure(config, e.what());
    }
  }

  private void read(CaptureFile capture, DecodeConfig config) throws IOException, CaptureException {
    long frames = 0;
    try {
      for (AirFrame frame = capture.next(); frame != null; frame = capture.next()) {
        frames++;
        take(frame, config.json());
        if (lines >= LINES_BETWEEN_CHECKS) {
          lines = 0;
          if (out.checkError()) {
            return;
          }
        }
      }
      if (frames == 0 && capture.records() > 0) {
        throw failure(
            config,
            "has no 802.11 frames, but link type "
                + capture.foreignLinkTypes().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))
                + ": capture on an interface in monitor mode");
      }
    } catch (CaptureException e) {
      if (capture.records() == 0) {
        throw e;
      }
      finish(capture, config);
      String before =
          capture.records() == 1
              ? "the record before is decoded"
              : "the " + capture.records() + " records before are decoded";
      throw new Failure(config.file() + " " + e.what() + "; " + before + ".", e);
    }
    finish(capture, config);
  }

  /** The sum belongs to the text; of JSON every line is an element. */
  private void finish(CaptureFile capture, DecodeConfig config) {
    String sum = tally.sentence(capture.records(), capture.foreignLinkTypes());
    if (config.json()) {
      out.flush();
      err.println(sum);
    } else {
      out.println(sum);
    }
    out.flush();
  }

  private void take(AirFrame frame, boolean json) {
    FrameHeader header = frame.frame().header();
    if (frame.frame().body() instanceof Body.Protected) {
      tally.protectedFrame();
    }
    List<Element> elements = frame.frame().elements();
    Defect defect = frame.defect() == null ? frame.frame().defect() : frame.defect();
    if (elements.isEmpty() && (defect == null || !mayHaveElements(frame.frame()))) {
      return;
    }
    long repeated = header.isAction() ? transmissions.repeated(frame) : Transmissions.NONE;
    if (repeated != Transmissions.NONE) {
      tally.repeated();
    }
    if (elements.isEmpty()) {
      print(frame, null, repeated, defect, json);
    }
    for (int i = 0; i < elements.size(); i++) {
      Defect own = elements.get(i).defect();
      if (own == null && i == elements.size() - 1) {
        own = frame.frame().defect(); // what is wrong behind the last element
      }
      print(frame, elements.get(i), repeated, own == null ? frame.defect() : own, json);
    }
  }

  /** Of a frame without elements: whether some may have been in it. */
  private static boolean mayHaveElements(Frame frame) {
    return !frame.header().isKnown()
        || (frame.header().isAction() && !(frame.body() instanceof Body.Protected));
  }

  private void print(
      AirFrame frame,
      @Nullable Element element,
      long repeated,
      @Nullable Defect defect,
      boolean json) {
    if (element != null) {
      tally.element(ElementFields.kind(element));
    }
    if (defect != null) {
      tally.partial(defect.reason());
    }
    // not println: that would flush each line
    out.print(
        (json ? json(frame, element, repeated, defect) : text(frame, element, repeated, defect))
            + "\n");
    lines++;
  }

  private static String json(
      AirFrame frame, @Nullable Element element, long repeated, @Nullable Defect defect) {
    Line line = new JsonLine();
    FrameHeader header = frame.frame().header();
    line.number("capture.frame", frame.number());
    line.text("capture.time", frame.time().toString());
    if (header.isAction()) {
      boolean action = header.subtype() == FrameHeader.ACTION;
      line.text(FRAME + "subtype", action ? "action" : "action_no_ack");
      line.flag(FRAME + "retry", header.retry());
    }
    if (header.sequenceControl() != FrameHeader.ABSENT) {
      line.number(FRAME + "sequence_number", header.sequenceNumber());
      line.address(FRAME + "transmitter.address", header.transmitter());
      line.address(FRAME + "receiver.address", header.receiver());
    }
    frame.reception().signalDbm().ifPresent(dbm -> line.number(FRAME + "signal_dbm", dbm));
    if (element != null) {
      line.text(ElementFields.kindKey(element), ElementFields.kind(element));
    }
    rest(element, repeated, defect, line);
    return line.toString();
  }

  private static String text(
      AirFrame frame, @Nullable Element element, long repeated, @Nullable Defect defect) {
    FrameHeader header = frame.frame().header();
    Line line = new TextLine();
    rest(element, repeated, defect, line);
    boolean addressed = header.sequenceControl() != FrameHeader.ABSENT;
    return String.format(
        Locale.ROOT,
        "%6d %s %-7s %s > %s %s",
        frame.number(),
        TIME.format(LocalTime.ofInstant(frame.time(), ZoneOffset.UTC)),
        element == null ? UNKNOWN : ElementFields.kind(element),
        addressed ? MacAddress.toString(header.transmitter()) : UNKNOWN,
        addressed ? MacAddress.toString(header.receiver()) : UNKNOWN,
        line);
  }

  private static void rest(
      @Nullable Element element, long repeated, @Nullable Defect defect, Line line) {
    if (repeated != Transmissions.NONE) {
      line.number(FRAME + "repeat_of", repeated);
    }
    if (element != null) {
      ElementFields.write(element, line);
    }
    if (defect != null) {
      line.text(ERROR, defect.reason());
    }
  }

  private static Failure failure(DecodeConfig config, String what) {
    return new Failure(config.file() + " " + what + ".");
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replaceFirst("Exception$", "");
  }
}
