package dev.meshpath.collector.meshpath.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.collector.meshpath.DeviceSnapshot;
import dev.meshpath.collector.meshpath.Events;
import dev.meshpath.collector.meshpath.Followers;
import dev.meshpath.collector.meshpath.MeshFrame;
import dev.meshpath.collector.meshpath.MeshFrameRecord;
import dev.meshpath.collector.meshpath.MeshPathChange;
import dev.meshpath.collector.meshpath.MeshPathEvent;
import dev.meshpath.collector.meshpath.MeshPathListener;
import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.collector.meshpath.MeshPathReplay;
import dev.meshpath.collector.meshpath.PathCause;
import dev.meshpath.collector.meshpath.PathLife;
import dev.meshpath.collector.meshpath.PathSnapshot;
import dev.meshpath.collector.meshpath.TableSettings;
import dev.meshpath.collector.meshpath.trace.Frames;
import dev.meshpath.failure.Failure;
import dev.meshpath.frame.FrameSnapshot;
import dev.meshpath.frame.MeshId;
import dev.meshpath.frame.file.Captures;
import dev.meshpath.record.KernelClock;
import dev.meshpath.record.file.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class EventImportTest {
  private static final long SECONDS = 1_660_000_000L;
  private static final MeshId MESH = new MeshId("mesh".getBytes(UTF_8));

  /** Sequence control 0x0070, as its sender's radio wrote it. */
  private static final FrameSnapshot PREP = sequence(Frames.prep(0, 1, 1, 0, 7, 2, 9), 0x70);

  @TempDir private Path directory;
  private final List<MeshPathEvent> events = new ArrayList<>();
  private final List<MeshFrame> frames = new ArrayList<>();

  private static FrameSnapshot sequence(FrameSnapshot frame, int control) {
    byte[] bytes = frame.bytes().clone();
    bytes[22] = (byte) control;
    return new FrameSnapshot(FrameSnapshot.Form.IEEE80211, bytes.length, bytes);
  }

  private static String address(int station) {
    return "[2, 0, 0, 0, " + station + ", 0]";
  }

  /** As the tool writes it. */
  private static String event(int number, String action, String oldNextHop, String newNextHop) {
    return """
        {
          "id": %1$d,
          "ts": { "secs_since_epoch": %2$d, "nanos_since_epoch": %1$d },
          "pkts": [],
          "action": "%3$s",
          "mac": %4$s,
          "iface": "mesh0",
          "dst": %5$s,
          "old_nh": %6$s,
          "new_nh": %7$s,
          "frm_ctrl": 208,
          "seq_ctrl": 112,
          "qos_ctrl": null,
          "addr1": %4$s,
          "addr2": %8$s,
          "addr3": [0, 0, 0, 0, 0, 0],
          "addr4": null
        }
        """
        .formatted(
            number, SECONDS, action, address(0), address(2), oldNextHop, newNextHop, address(1));
  }

  private Path eventFile(String... all) throws IOException {
    return Files.writeString(
        directory.resolve("sta.json"), "[" + String.join(",", List.of(all)) + "]");
  }

  private Path capture(byte[]... all) throws IOException {
    Captures.Pcap pcap = Captures.Pcap.of(Captures.RADIOTAP);
    for (byte[] frame : all) {
      byte[] packet = Captures.radiotap(0, frame);
      pcap.packet((int) SECONDS, 5, packet, packet.length);
    }
    return Files.write(directory.resolve("sta.pcap"), pcap.toArray());
  }

  private Path output() {
    return directory.resolve("sta.mpr");
  }

  private String imported(Path file, Path... capture) throws Exception {
    String said =
        new EventImport("meshpath 1", MESH)
            .run(file, capture.length == 0 ? null : capture[0], output());
    replay();
    return said;
  }

  private List<DeviceSnapshot> replay() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    MeshPathListener listener =
        new MeshPathListener() {
          @Override
          public void onEvent(MeshPathEvent event) {
            events.add(event);
          }

          @Override
          public void onFrame(MeshFrame frame) {
            frames.add(frame);
          }
        };
    MeshPathReplay replay =
        new MeshPathReplay(
            RecordingReader.open(output()),
            new MeshPathReplay.Settings(
                TableSettings.of(8, Long.MAX_VALUE), Double.POSITIVE_INFINITY),
            Followers.of(List.of(listener)),
            new KernelClock(),
            () -> false,
            end::countDown);
    replay.start();
    end.await();
    assertThat(replay.ledger().seen()).isEqualTo(replay.ledger().decoded());
    assertThat(replay.ledger().rejected()).isZero();
    assertThat(replay.reconciliation().unaccounted()).isZero();
    List<DeviceSnapshot> paths = replay.paths().get();
    replay.close();
    return paths;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TX_ADD     | ADD               | DATA_TX
          TX_ADD_ASG | ADD ASSIGN        | DATA_TX
          TX_ASG     | ASSIGN            | DATA_TX
          TX_CHG     | CHANGE            | DATA_TX
          TX_DEL     | DELETE            | DATA_TX
          RX_ADD     | ADD               | UNKNOWN
          RX_ADD_ASG | ADD ASSIGN        | UNKNOWN
          RX_ASG     | ASSIGN            | UNKNOWN
          RX_CHG     | CHANGE            | UNKNOWN
          RX_DEL     | DELETE            | UNKNOWN
          US_ADD     | ADD               | USER
          US_ADD_ASG | ADD ASSIGN FIX    | USER
          US_ASG     | ASSIGN FIX        | USER
          US_CHG     | CHANGE FIX        | USER
          US_DEL     | DELETE            | USER
          KR_EXP     | DELETE            | TIMER
          TX_UNKNOWN |                   | DATA_TX
          RX_UNKNOWN |                   | UNKNOWN
          US_UNKNOWN |                   | USER
          """)
  void actionBecomes(String action, String changes, PathCause cause) throws Exception {
    assertThat(Action.values()).hasSize(19);
    imported(eventFile(event(1, "ACT_" + action, address(1), address(3))));
    List<MeshPathChange> expected =
        changes == null
            ? List.of()
            : List.of(changes.split(" ")).stream().map(MeshPathChange::valueOf).toList();
    assertThat(events).extracting(MeshPathEvent::change).isEqualTo(expected);
    assertThat(events).allMatch(event -> event.cause().kind() == cause);
  }

  @Test
  void sameNextHopIsNoChange() throws Exception {
    imported(eventFile(event(1, "RX_CHANGE", address(1), address(1))));
    assertThat(events).extracting(MeshPathEvent::change).containsExactly(MeshPathChange.REASSIGN);
  }

  @Test
  void tableFollows() throws Exception {
    String said =
        imported(
            eventFile(
                event(3, "ACT_RX_CHG", address(1), address(3)), // out of order
                event(1, "ACT_TX_ADD", "null", "null"),
                event(2, "ACT_RX_ASSIGN", "null", address(1))));
    assertThat(said).isEqualTo("3 of 3 events imported, 0 of 3 with their frame.");
    assertThat(events)
        .extracting(MeshPathEvent::change)
        .containsExactly(MeshPathChange.ADD, MeshPathChange.ASSIGN, MeshPathChange.CHANGE);
    assertThat(events).extracting(MeshPathEvent::meshPath).containsOnly(1L);
    assertThat(events.getFirst().ktimeNs()).isEqualTo(SECONDS * 1_000_000_000L + 1);
    events.clear();
    DeviceSnapshot device = replay().getFirst();
    assertThat(device.device().name()).isEqualTo("mesh0");
    assertThat(device.device().address()).isEqualTo(Frames.station(0));
    assertThat(events.getFirst().device().meshId()).isEqualTo(MESH);
    assertThat(Events.withoutLife(device.paths()))
        .containsExactly(
            new PathSnapshot(
                Frames.station(2),
                true,
                true,
                Frames.station(3),
                0,
                0,
                false,
                false,
                1,
                0,
                1000,
                false,
                PathLife.UNKNOWN));
  }

  @Test
  void frameTellsTheCause() throws Exception {
    byte[] otherSequence = sequence(PREP, 0x60).bytes();
    byte[] otherReceiver = sequence(Frames.prep(3, 1, 1, 0, 7, 2, 9), 0x70).bytes();
    String said =
        imported(
            eventFile(event(1, "ACT_RX_ASG", "null", address(1))),
            capture(otherSequence, otherReceiver, PREP.bytes()));
    assertThat(said).isEqualTo("1 of 1 events imported, 1 of 1 with their frame.");
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().cause().kind()).isEqualTo(PathCause.PREP);
    assertThat(events.getFirst().cause().frame()).isEqualTo(PREP);
    assertThat(events.getFirst().cause().peer()).isEqualTo(Frames.station(1));
    assertThat(frames).hasSize(1);
    assertThat(frames.getFirst().frame()).isEqualTo(PREP);
    assertThat(frames.getFirst().beganNs()).isEqualTo(events.getFirst().cause().beganNs());
  }

  @Test
  void packetsThatAreNamedAreTheOnlyOnes() throws Exception {
    String named = event(1, "ACT_RX_ASG", "null", address(1)).replace("[],", "[2],");
    assertThat(imported(eventFile(named), capture(PREP.bytes())))
        .isEqualTo("1 of 1 events imported, 0 of 1 with their frame.");
  }

  @Test
  void commandsHaveNoFrame() throws Exception {
    assertThat(
            imported(eventFile(event(1, "ACT_KR_EXP", address(1), "null")), capture(PREP.bytes())))
        .isEqualTo("1 of 1 events imported, 0 of 0 with their frame.");
    assertThat(events.getFirst().cause().frame().isPresent()).isFalse();
  }

  @Test
  void whatIsLeftOutIsSaid() throws Exception {
    assertThat(
            imported(
                eventFile(
                    event(1, "ACT_US_UNKNOWN", "null", "null"),
                    event(2, "ACT_XY_ADD", "null", "null"))))
        .isEqualTo(
            "0 of 2 events imported, 0 of 0 with their frame; 1 left out whose action says nothing"
                + " (*_UNKNOWN); left out, their actions being unknown: {ACT_XY_ADD=1}.");
  }

  @Test
  void fileOfAKilledWriterIsTakenAsFarAsItGoes() throws Exception {
    String whole = "[" + event(1, "TX_ADD", "null", "null") + ",";
    Path file =
        Files.writeString(
            directory.resolve("sta.json"),
            whole + event(2, "TX_DEL", "null", "null").substring(0, 90));
    assertThat(imported(file))
        .isEqualTo(
            "1 of 1 events imported, 0 of 1 with their frame; the event file has no end (its writer"
                + " was killed): the events before are in.");
  }

  @Test
  void addressesMayBeTexts() throws Exception {
    imported(
        eventFile(event(1, "TX_ADD", "null", "null").replace(address(2), "\"02:00:00:00:02:00\"")));
    assertThat(events.getFirst().destination()).isEqualTo(Frames.station(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                       | is no array of events: name an event file.
          [1]                      | has something else than an event behind event 0: name an event file.
          [{}]                     | has an event without ts, number 1: name an event file.
          [{"ts":{},"dst":"02:00:00:00:01:00"}] | has an event without action, number 1: name an event file.
          [{"ts":7}]               | has ts of event 1 at line 1, which is not a time as {"secs_since_epoch":1,"nanos_since_epoch":2}: name an event file.
          [{"ts":{"secs_since_epoch":-1}}] | has ts of event 1 at line 1, which is not a time since 1970: name an event file.
          [{"dst":"x"}]            | has dst of event 1 at line 1, which is not an address as "02:00:00:00:01:00": name an event file.
          [{"dst":[1]}]            | has dst of event 1 at line 1, which is not an address of six octets: name an event file.
          [{"id":"one"}]           | has id of event 1 at line 1, which is not a number: name an event file.
          [{"id":1]                | is no JSON at line 1
          """)
  void fileThatIsNoneIsOneSentence(String text, String sentence) throws Exception {
    Path file = Files.writeString(directory.resolve("sta.json"), text);
    assertThatThrownBy(() -> imported(file))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(file + " " + sentence);
    assertThat(output()).doesNotExist();
  }

  @Test
  void filesThatAreNotThereAreOneSentence() throws Exception {
    Path nothing = directory.resolve("nothing");
    assertThatThrownBy(() -> imported(nothing))
        .isInstanceOf(Failure.class)
        .hasMessage(nothing + " does not exist or is a directory: name an event file.");
    Path file = eventFile(event(1, "TX_ADD", "null", "null"));
    assertThatThrownBy(() -> imported(file, file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is no pcap or pcapng file");
    assertThatThrownBy(() -> imported(file, nothing)).isInstanceOf(Failure.class);
    Files.writeString(output(), "mine");
    assertThatThrownBy(() -> imported(file))
        .isInstanceOf(Failure.class)
        .hasMessage(output() + " exists: name a new file with --output.");
    assertThat(output()).hasContent("mine");
  }

  @Test
  void recordsFitTheScratch() {
    assertThat(MeshPathRecord.BYTES % Long.BYTES).isZero();
    assertThat(MeshFrameRecord.BYTES % Long.BYTES).isZero();
  }
}
