package dev.meshpath.frame.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.frame.Body;
import dev.meshpath.frame.Bytes;
import dev.meshpath.frame.Element;
import dev.meshpath.frame.FrameHeader;
import dev.meshpath.frame.Frames;
import dev.meshpath.frame.HwmpElement;
import dev.meshpath.frame.MeshConfiguration;
import dev.meshpath.frame.MeshControl;
import dev.meshpath.frame.Payload;
import dev.meshpath.frame.PayloadDecoder;
import dev.meshpath.frame.Peering;
import dev.meshpath.frame.Perr;
import dev.meshpath.frame.Prep;
import dev.meshpath.frame.Preq;
import dev.meshpath.frame.RandomElements;
import dev.meshpath.frame.Rann;
import dev.meshpath.frame.file.Captures.Pcap;
import dev.meshpath.frame.file.Captures.Pcapng;
import dev.meshpath.net.MacAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every field of every frame equals what tshark says. {@code -Dmeshpath.captures=DIR} compares all
 * captures below a directory, too, as those that the lab leaves in {@code
 * exporter/target/test-lab}.
 */
class TsharkTest {
  private static final String TSHARK = "tshark";

  /** Fields of frames without elements that are not decoded here: of beacons. */
  private static final String MESH = "wlan.mesh.";

  private static final List<String> COLUMNS =
      List.of(
          "wlan.ra",
          "wlan.ta",
          "wlan.seq",
          "wlan.frag",
          "wlan.fc.retry",
          "wlan.hwmp.flags",
          "wlan.hwmp.hopcount",
          "wlan.hwmp.ttl",
          "wlan.hwmp.pdid",
          "wlan.hwmp.orig_sta",
          "wlan.hwmp.orig_sn",
          "wlan.hwmp.orig_ext",
          "wlan.hwmp.lifetime",
          "wlan.hwmp.metric",
          "wlan.hwmp.targ_count",
          "wlan.hwmp.targ_flags",
          "wlan.hwmp.targ_sta",
          "wlan.hwmp.targ_sn",
          "wlan.hwmp.targ_ext",
          "wlan.rann.flags",
          "wlan.rann.root_sta",
          "wlan.rann.rann_sn",
          "wlan.rann.interval",
          "wlan.fixed.reason_code",
          "wlan.peering.proto",
          "wlan.peering.local_id",
          "wlan.peering.peer_id",
          "wlan.mesh.id",
          "wlan.mesh.config.ps_protocol",
          "wlan.mesh.config.ps_metric",
          "wlan.mesh.config.cong_ctl",
          "wlan.mesh.config.sync_method",
          "wlan.mesh.config.auth_protocol",
          "wlan.mesh.config.formation_info",
          "wlan.mesh.config.cap",
          "wlan.fixed.mesh_flags",
          "wlan.fixed.mesh_ttl",
          "wlan.fixed.mesh_sequence",
          "wlan.fixed.mesh_addr4",
          "wlan.fixed.mesh_addr5",
          "wlan.fixed.mesh_addr6",
          "arp.opcode",
          "arp.src.proto_ipv4",
          "arp.dst.proto_ipv4",
          "ip.src",
          "ip.dst",
          "ipv6.src",
          "ipv6.dst");

  @TempDir private Path directory;

  @BeforeAll
  static void needsTshark() throws InterruptedException {
    try {
      new ProcessBuilder(TSHARK, "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      String reason = "tshark is not installed (Debian package tshark): nothing to compare with";
      System.out.println("skipped: " + reason);
      Assumptions.abort(reason);
    }
  }

  @Test
  void framesOfTheLab() throws Exception {
    Path capture = resource("/captures/lab.pcap");
    assertThat(compare(capture)).isEqualTo(268);
  }

  @Test
  void capturesThatTheUserNames() throws Exception {
    String named = System.getProperty("meshpath.captures");
    Assumptions.assumeTrue(named != null, "no -Dmeshpath.captures=DIR");
    try (Stream<Path> files = Files.walk(Path.of(named))) {
      for (Path capture : files.filter(file -> file.toString().endsWith(".pcap")).toList()) {
        System.out.println(capture + ": " + compare(capture) + " frames equal");
      }
    }
  }

  /** What Linux never sends: extensions, several targets, several elements. */
  @Test
  void elementsOfTheStandard() throws Exception {
    RandomElements random = new RandomElements(6);
    Pcap pcap = Pcap.of(Captures.PLAIN);
    for (int i = 0; i < 500; i++) {
      pcap.packet(Frames.frame(random.next()));
    }
    compare(write(pcap.toArray()));
  }

  static Stream<Arguments> captures() {
    byte[] frame = Frames.frame(new RandomElements(7).next());
    byte[] fcs = Captures.withFcs(frame);
    Pcapng announcedByInterface = new Pcapng().section(ByteOrder.BIG_ENDIAN);
    announcedByInterface
        .device(Captures.PLAIN, announcedByInterface.option(13, new byte[] {4}))
        .packet(0, 0, fcs);
    Pcapng announcedByPacket = new Pcapng().section(ByteOrder.LITTLE_ENDIAN);
    announcedByPacket
        .device(Captures.PLAIN)
        .packet(0, 0, fcs, announcedByPacket.option(2, announcedByPacket.int32(4 << 5)));
    byte[] htControl =
        Frames.management(Frames.ACTION | Frames.ORDER, Frames.BROADCAST, Frames.STA1, 7)
            .raw(Arrays.copyOfRange(frame, 24, frame.length))
            .toArray();
    byte[] sixAddresses =
        Bytes.of(
                "88030000 020000000200 020000000100 020000000200 1000 020000000000 0001"
                    + "02 1f 02000000 0a0b0c0d0e0f 0a0b0c0d0e10 aaaa03000000 0806 0001 0800 06 04"
                    + "0001 020000000000 0a0b0001 000000000000 0a0b0003")
            .toArray();
    return Stream.of(
        Arguments.of("radiotap", Pcap.of(127).packet(Captures.radiotap(0, frame)).toArray()),
        Arguments.of("radiotap, FCS", Pcap.of(127).packet(Captures.radiotap(16, fcs)).toArray()),
        Arguments.of(
            "radiotap of several words",
            Pcap.of(127).packet(Captures.radiotapWithoutFlags(frame)).toArray()),
        Arguments.of("PPI", Pcap.of(192).packet(Captures.ppi(0, frame)).toArray()),
        Arguments.of("PPI, FCS", Pcap.of(192).packet(Captures.ppi(1, fcs)).toArray()),
        Arguments.of("AVS", Pcap.of(163).packet(Captures.avs(frame)).toArray()),
        Arguments.of(
            "Prism", Pcap.of(119).packet(Captures.prism(ByteOrder.LITTLE_ENDIAN, frame)).toArray()),
        Arguments.of("FCS by the file", Pcap.of(0x44000069).packet(fcs).toArray()),
        Arguments.of("FCS by the interface", announcedByInterface.toArray()),
        Arguments.of("FCS by the packet", announcedByPacket.toArray()),
        Arguments.of("HT control", Pcap.of(105).packet(htControl).toArray()),
        Arguments.of("six addresses", Pcap.of(105).packet(sixAddresses).toArray()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("captures")
  void capturesOfOthers(String ignored, byte[] capture) throws Exception {
    assertThat(compare(write(capture))).isEqualTo(1);
  }

  /** Compares all frames and says how many. */
  private static int compare(Path capture) throws Exception {
    List<Map<String, String>> theirs = tshark(capture);
    int count = 0;
    try (CaptureFile file = CaptureFile.open(capture)) {
      for (AirFrame frame = file.next(); frame != null; frame = file.next()) {
        Map<String, String> expected = theirs.get(count);
        count++;
        assertThat(ours(frame, expected)).as("frame %d of %s", count, capture).isEqualTo(expected);
      }
    }
    assertThat(count).isEqualTo(theirs.size());
    return count;
  }

  private static List<Map<String, String>> tshark(Path capture) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(TSHARK, "-n", "-r", capture.toString(), "-T", "fields", "-E", "aggregator=;"));
    for (String column : COLUMNS) {
      command.addAll(List.of("-e", column));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text.lines().map(TsharkTest::row).toList();
  }

  private static Map<String, String> row(String line) {
    String[] values = line.split("\t", -1);
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      String column = COLUMNS.get(i);
      row.put(
          column,
          Stream.of(values[i].split(";"))
              .map(value -> column.equals("wlan.mesh.id") ? value : number(value))
              .collect(Collectors.joining(";")));
    }
    return row;
  }

  /** tshark writes numbers in several bases, and yes as 1 or True. */
  private static String number(String value) {
    if (value.matches("0x[0-9a-f]+|[0-9]+")) {
      return Long.decode(value.matches("0[0-9]+") ? value.replaceFirst("^0+", "") : value)
          .toString();
    }
    return switch (value) {
      case "True" -> "1";
      case "False" -> "0";
      default -> value;
    };
  }

  private static Map<String, String> ours(AirFrame frame, Map<String, String> theirs) {
    Row row = new Row();
    FrameHeader header = frame.frame().header();
    row.mac("wlan.ra", header.receiver());
    if (header.transmitter() != MacAddress.NONE) {
      row.mac("wlan.ta", header.transmitter());
    }
    if (header.sequenceControl() != FrameHeader.ABSENT) {
      row.number("wlan.seq", header.sequenceNumber());
      row.number("wlan.frag", header.fragmentNumber());
    }
    row.number("wlan.fc.retry", header.retry() ? 1 : 0);
    for (Element element : frame.frame().elements()) {
      assertThat(element.defect()).isNull();
      element(element, row);
    }
    assertThat(frame.frame().defect()).isNull();
    if (frame.frame().body() instanceof Body.Data data) {
      data(frame, data, row);
    }
    Map<String, String> values = row.values();
    if (frame.frame().elements().stream().noneMatch(Peering.class::isInstance)) {
      theirs.forEach(
          (column, value) ->
              values.compute(column, (same, our) -> same.startsWith(MESH) ? value : our));
    }
    return values;
  }

  private static void element(Element element, Row row) {
    switch (element) {
      case Preq preq -> {
        hop(preq.flags(), preq.hopCount(), preq.ttl(), row);
        row.unsigned("wlan.hwmp.pdid", preq.preqId());
        row.mac("wlan.hwmp.orig_sta", preq.originator());
        row.unsigned("wlan.hwmp.orig_sn", preq.originatorSn());
        extension("wlan.hwmp.orig_ext", preq.flags(), preq.originatorExternal(), row);
        row.unsigned("wlan.hwmp.lifetime", preq.lifetimeTu());
        row.unsigned("wlan.hwmp.metric", preq.airtimeMetric());
        row.number("wlan.hwmp.targ_count", preq.targetCount());
        preq.targets()
            .forEach(target -> target(target.flags(), target.address(), target.sn(), row));
      }
      case Prep prep -> {
        hop(prep.flags(), prep.hopCount(), prep.ttl(), row);
        row.mac("wlan.hwmp.targ_sta", prep.target());
        row.unsigned("wlan.hwmp.targ_sn", prep.targetSn());
        extension("wlan.hwmp.targ_ext", prep.flags(), prep.targetExternal(), row);
        row.unsigned("wlan.hwmp.lifetime", prep.lifetimeTu());
        row.unsigned("wlan.hwmp.metric", prep.airtimeMetric());
        row.mac("wlan.hwmp.orig_sta", prep.originator());
        row.unsigned("wlan.hwmp.orig_sn", prep.originatorSn());
      }
      case Perr perr -> {
        row.number("wlan.hwmp.ttl", perr.ttl());
        row.number("wlan.hwmp.targ_count", perr.destinationCount());
        for (Perr.Destination destination : perr.destinations()) {
          target(destination.flags(), destination.address(), destination.sn(), row);
          extension("wlan.hwmp.targ_ext", destination.flags(), destination.external(), row);
          row.number("wlan.fixed.reason_code", destination.reasonCode());
        }
      }
      case Rann rann -> {
        row.number("wlan.rann.flags", rann.flags());
        row.number("wlan.hwmp.hopcount", rann.hopCount());
        row.number("wlan.hwmp.ttl", rann.ttl());
        row.mac("wlan.rann.root_sta", rann.root());
        row.unsigned("wlan.rann.rann_sn", rann.rootSn());
        row.unsigned("wlan.rann.interval", rann.intervalTu());
        row.unsigned("wlan.hwmp.metric", rann.airtimeMetric());
      }
      case Peering peering -> peering(peering, row);
    }
  }

  private static void hop(int flags, int hopCount, int ttl, Row row) {
    row.number("wlan.hwmp.flags", flags);
    row.number("wlan.hwmp.hopcount", hopCount);
    row.number("wlan.hwmp.ttl", ttl);
  }

  private static void target(int flags, long address, int sn, Row row) {
    row.number("wlan.hwmp.targ_flags", flags);
    row.mac("wlan.hwmp.targ_sta", address);
    row.unsigned("wlan.hwmp.targ_sn", sn);
  }

  private static void extension(String column, int flags, long address, Row row) {
    if ((flags & HwmpElement.ADDRESS_EXTENSION) != 0) {
      row.mac(column, address);
    }
  }

  private static void peering(Peering peering, Row row) {
    row.number("wlan.peering.proto", peering.protocol());
    row.number("wlan.peering.local_id", peering.localLinkId());
    ifThere("wlan.peering.peer_id", peering.peerLinkId(), row);
    ifThere("wlan.fixed.reason_code", peering.reasonCode(), row);
    if (peering.meshId() != null) {
      row.text("wlan.mesh.id", peering.meshId().text());
    }
    MeshConfiguration configuration = peering.configuration();
    if (configuration != null) {
      row.number("wlan.mesh.config.ps_protocol", configuration.pathProtocol());
      row.number("wlan.mesh.config.ps_metric", configuration.pathMetric());
      row.number("wlan.mesh.config.cong_ctl", configuration.congestionControl());
      row.number("wlan.mesh.config.sync_method", configuration.synchronization());
      row.number("wlan.mesh.config.auth_protocol", configuration.authentication());
      row.number("wlan.mesh.config.formation_info", configuration.formationInfo());
      row.number("wlan.mesh.config.cap", configuration.capability());
    }
  }

  private static void ifThere(String column, int value, Row row) {
    if (value != FrameHeader.ABSENT) {
      row.number(column, value);
    }
  }

  private static void data(AirFrame frame, Body.Data data, Row row) {
    MeshControl control = data.meshControl();
    if (control != null) {
      row.number("wlan.fixed.mesh_flags", control.flags());
      row.number("wlan.fixed.mesh_ttl", control.ttl());
      row.unsigned("wlan.fixed.mesh_sequence", control.sequence());
      int mode = control.addressExtension();
      if (mode == 1) {
        row.mac("wlan.fixed.mesh_addr4", control.address4());
      } else if (mode == 2) {
        row.mac("wlan.fixed.mesh_addr5", control.address5());
        row.mac("wlan.fixed.mesh_addr6", control.address6());
      }
    }
    switch (PayloadDecoder.decode(frame.bytes(), frame.offset(), data)) {
      case Payload.Arp arp -> {
        row.number("arp.opcode", arp.operation());
        row.address("arp.src.proto_ipv4", arp.sender());
        row.address("arp.dst.proto_ipv4", arp.target());
      }
      case Payload.Ip ip -> {
        row.address(ip.version() == 4 ? "ip.src" : "ipv6.src", ip.source());
        row.address(ip.version() == 4 ? "ip.dst" : "ipv6.dst", ip.destination());
      }
      case Payload.Other ignored -> {}
    }
  }

  /** Values by column; several of one column in the order of the frame. */
  private static final class Row {
    private final Map<String, List<String>> columns = new LinkedHashMap<>();

    Row() {
      COLUMNS.forEach(column -> columns.put(column, new ArrayList<>()));
    }

    void text(String column, String value) {
      columns.computeIfAbsent(column, same -> new ArrayList<>()).add(value);
    }

    void number(String column, long value) {
      text(column, Long.toString(value));
    }

    void unsigned(String column, int value) {
      number(column, Integer.toUnsignedLong(value));
    }

    void mac(String column, long address) {
      text(column, MacAddress.toString(address));
    }

    void address(String column, InetAddress address) {
      text(column, shortened(address.getHostAddress()));
    }

    /** As RFC 5952 wants it and Java does not: the longest run of zeros is left out. */
    private static String shortened(String address) {
      if (!address.contains(":")) {
        return address;
      }
      for (int zeros = 8; zeros > 1; zeros--) {
        String run = "(^|:)0(:0){" + (zeros - 1) + "}(:|$)";
        String shorter = address.replaceFirst(run, "::");
        if (!shorter.equals(address)) {
          return shorter;
        }
      }
      return address;
    }

    Map<String, String> values() {
      Map<String, String> values = new LinkedHashMap<>();
      columns.forEach((column, all) -> values.put(column, String.join(";", all)));
      return values;
    }
  }

  private Path write(byte[] capture) throws IOException {
    return Files.write(directory.resolve("capture"), capture);
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(TsharkTest.class.getResource(name).toURI());
  }
}
