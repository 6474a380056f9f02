package dev.meshpath.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.config.DecodeConfig;
import dev.meshpath.failure.Failure;
import dev.meshpath.frame.Bytes;
import dev.meshpath.frame.Frames;
import dev.meshpath.frame.file.Captures;
import dev.meshpath.frame.file.Captures.Pcap;
import dev.meshpath.frame.file.Captures.Pcapng;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodingTest {
  private static final String PREP =
      "831f 00011f 020000000200 09000000 12130000 a2010000 020000000000 05000000";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void linesAndTheirSum() throws IOException {
    byte[] perr =
        Frames.hwmp()
            .hex("841c 1f02 00020000000200090000003f00 00020000000100000000003e00")
            .toArray();
    run(Pcap.of(105).packet(hwmp(0, 5, PREP)).packet(perr).toArray(), false);
    assertThat(out.toString())
        .isEqualTo(
            """
                 1 00:00:01.000002 prep    02:00:00:00:01:00 > 02:00:00:00:00:00 flags=0 hop_count=1 ttl=31 \
            target=02:00:00:00:02:00 target.sn=9 lifetime=4.999168 metric=418 originator=02:00:00:00:00:00 \
            originator.sn=5
                 2 00:00:01.000002 perr    02:00:00:00:01:00 > ff:ff:ff:ff:ff:ff ttl=31 target.count=2 \
            target.flags=0 target=02:00:00:00:02:00 target.sn=9 perr.reason_code=63 targets=(flags=0 \
            address=02:00:00:00:02:00 sn=9 reason_code=63) targets=(flags=0 address=02:00:00:00:01:00 sn=0 \
            reason_code=62)
            2 records: 1 perr, 1 prep; 0 repeated, 0 protected (not parsed), 0 partial
            """);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void jsonHasTheNamesOfSpanAttributes() throws IOException {
    run(Pcap.of(127).packet(Captures.radiotap(0, hwmp(0, 5, PREP))).toArray(), true);
    assertThat(out.toString())
        .isEqualTo(
            """
            {"capture.frame":1,"capture.time":"1970-01-01T00:00:01.000002Z",\
            "ieee80211.frame.subtype":"action","ieee80211.frame.retry":false,\
            "ieee80211.frame.sequence_number":5,\
            "ieee80211.frame.transmitter.address":"02-00-00-00-01-00",\
            "ieee80211.frame.receiver.address":"02-00-00-00-00-00","ieee80211.frame.signal_dbm":-40,\
            "hwmp.element":"prep","hwmp.flags":0,"hwmp.hop_count":1,"hwmp.ttl":31,\
            "hwmp.target.address":"02-00-00-00-02-00","hwmp.target.sn":9,"hwmp.lifetime_s":4.999168,\
            "hwmp.metric":418,"hwmp.originator.address":"02-00-00-00-00-00","hwmp.originator.sn":5}
            """);
    assertThat(err.toString()).startsWith("1 record: 1 prep; ");
  }

  @Test
  void severalTargetsAreListed() throws IOException {
    String preq =
        "8236 40001f 01000000 020000000000 05000000 0a0b0c0d0e0f ffffffff 00000000 02"
            + "01 020000000100 07000000 04 020000000200 ffffffff";
    run(Pcap.of(105).packet(hwmp(0, 5, preq)).toArray(), true);
    assertThat(out.toString())
        .contains("\"hwmp.originator.external_address\":\"0A-0B-0C-0D-0E-0F\"")
        .contains("\"hwmp.lifetime_s\":4398046.51008,\"hwmp.metric\":0,")
        .contains("\"hwmp.target.address\":\"02-00-00-00-01-00\",\"hwmp.target.sn\":7,")
        .endsWith(
            "\"hwmp.targets\":[{\"flags\":1,\"address\":\"02-00-00-00-01-00\",\"sn\":7},"
                + "{\"flags\":4,\"address\":\"02-00-00-00-02-00\",\"sn\":4294967295}]}\n");
  }

  @Test
  void peeringFrame() throws IOException {
    byte[] confirm =
        Frames.peering(2)
            .hex("0100 0200 7204 4dff5c22 7107 01010001000209 7506 0000 0ab3 b373")
            .toArray();
    run(Pcap.of(105).packet(confirm).toArray(), true);
    assertThat(out.toString())
        .contains("\"mesh.peering.action\":\"confirm\",\"mesh.peering.capability\":1,")
        .contains("\"mesh.peering.aid\":2,\"mesh.id\":\"M\\\\xff\\\\x5c\\\"\",")
        .contains("\"mesh.configuration.formation_info\":2")
        .endsWith(
            "\"mesh.peering.protocol\":0,\"mesh.peering.local_link_id\":45834,"
                + "\"mesh.peering.peer_link_id\":29619}\n");
  }

  @Test
  void cutElementHasTheFieldsThatAreThereAndAReason() throws IOException {
    byte[] whole = hwmp(0, 5, PREP);
    run(Pcap.of(105).packet(1, 2, Arrays.copyOf(whole, 42), whole.length).toArray(), true);
    assertThat(out.toString())
        .endsWith(
            "\"hwmp.ttl\":31,\"hwmp.target.address\":\"02-00-00-00-02-00\",\"hwmp.target.sn\":9,"
                + "\"decode.error\":\"truncated\"}\n")
        .hasLineCount(1);
    assertThat(err.toString()).contains("1 partial (1 truncated)");
  }

  @Test
  void frameThatMayHaveHadAnElementHasALine() throws IOException {
    byte[] whole = hwmp(0, 5, PREP);
    run(
        Pcap.of(127)
            .packet(1, 2, Captures.radiotap(0, Arrays.copyOf(whole, 10)), 200)
            .packet(new byte[] {0, 0, (byte) 0xff, 0})
            .toArray(),
        true);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            first -> assertThat(first).endsWith("\"decode.error\":\"truncated\"}"),
            second -> assertThat(second).endsWith("\"decode.error\":\"link_header\"}"));
  }

  @Test
  void wrongCheckSequenceIsSaidOfEachElement() throws IOException {
    byte[] frame = new Bytes().raw(hwmp(0, 5, PREP + PREP)).hex("00000000").toArray();
    run(Pcap.of(0x24000069).packet(frame).toArray(), true);
    assertThat(out.toString().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).endsWith("\"decode.error\":\"bad_fcs\"}"));
  }

  @Test
  void protectedFramesAreCountedNotParsed() throws IOException {
    run(Pcap.of(105).packet(hwmp(Frames.PROTECTED, 5, PREP)).toArray(), true);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .isEqualTo(
            "1 record: no HWMP or peering element; 0 repeated, 1 protected (not parsed), 0"
                + " partial\n");
  }

  @Test
  void retryIsTheSameTransmission() throws IOException {
    run(
        Pcap.of(105)
            .packet(hwmp(Frames.RETRY, 5, PREP)) // the one before was missed
            .packet(hwmp(Frames.RETRY, 5, PREP))
            .packet(hwmp(0, 6, PREP))
            .packet(hwmp(0, 6, PREP)) // no retry: the number came round
            .packet(hwmp(Frames.RETRY, 6, PREP))
            .packet(3, 0, hwmp(Frames.RETRY, 6, PREP), 59) // too late
            .toArray(),
        true);
    assertThat(
            out.toString()
                .lines()
                .map(line -> line.replaceAll("(?s).*repeat_of\":(\\d+).*|.*", "$1")))
        .containsExactly("", "1", "", "", "4", "");
    assertThat(err.toString()).contains("; 2 repeated, ");
  }

  @Test
  void frameHeardByTwoInterfacesIsOneTransmission() throws IOException {
    byte[] frame = hwmp(0, 5, PREP);
    Pcapng file = new Pcapng().section(ByteOrder.LITTLE_ENDIAN).device(105).device(105);
    run(file.packet(0, 1000, frame).packet(1, 1003, frame).toArray(), true);
    assertThat(out.toString().lines().filter(line -> line.contains("repeat_of\":1"))).hasSize(1);
  }

  @Test
  void linesBeforeTheCutAreThereAndTheExitCodeIsNot0() throws IOException {
    byte[] whole = Pcap.of(105).packet(hwmp(0, 5, PREP)).packet(hwmp(0, 6, PREP)).toArray();
    Path file = write(Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> run(file, false))
        .isInstanceOf(Failure.class)
        .hasMessage(
            file
                + " ends within record 2 (at byte "
                + (whole.length - 1)
                + "): it was cut, or is still being written; the record before is decoded.");
    assertThat(out.toString().lines()).hasSize(2);
  }

  @Test
  void whatIsNoCaptureIsOneSentence() throws IOException {
    assertThatThrownBy(() -> run(directory.resolve("none"), false))
        .isInstanceOf(Failure.class)
        .hasMessage(directory.resolve("none") + " does not exist: name a pcap or pcapng file.");
    assertThatThrownBy(() -> run(directory, false))
        .isInstanceOf(Failure.class)
        .hasMessageEndingWith(" is a directory: name a pcap or pcapng file.");
    Path text = write("hello world".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> run(text, false))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is no pcap or pcapng file");
    Path ethernet = write(Pcap.of(1).packet(new byte[60]).toArray());
    assertThatThrownBy(() -> run(ethernet, false))
        .isInstanceOf(Failure.class)
        .hasMessage(
            ethernet
                + " has no 802.11 frames, but link type 1: capture on an interface in monitor"
                + " mode.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void captureWithoutARecordIsNoError() throws IOException {
    run(Pcap.of(105).toArray(), false);
    assertThat(out.toString()).startsWith("0 records: no HWMP or peering element; ");
  }

  private static byte[] hwmp(int flags, int sequence, String elements) {
    return Frames.management(Frames.ACTION | flags, Frames.STA0, Frames.STA1, sequence)
        .hex("0d01")
        .hex(elements)
        .toArray();
  }

  private void run(byte[] capture, boolean json) throws IOException {
    run(write(capture), json);
  }

  private void run(Path capture, boolean json) {
    int code =
        new Decoding(new PrintWriter(out, true), new PrintWriter(err, true))
            .run(new DecodeConfig(capture, json));
    assertThat(code).isZero();
  }

  private Path write(byte[] capture) throws IOException {
    return Files.write(directory.resolve("capture"), capture);
  }
}
