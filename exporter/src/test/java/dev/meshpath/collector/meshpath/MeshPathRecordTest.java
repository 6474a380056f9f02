package dev.meshpath.collector.meshpath;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.ffi.LibC;
import dev.meshpath.frame.MeshId;
import dev.meshpath.libbpf.BpfObject;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.record.MalformedRecordException;
import dev.meshpath.record.RecordHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MeshPathRecordTest {
  /** A change of the next hop as a little-endian kernel writes it. */
  private static final String GOLDEN =
      """
      0300 0100 50010000    abi_version, collector, length
      15cd5b0700000000      ktime_ns
      03000000 00000000     cpu, pad
      980000f0 07000000     device.netns, ifindex
      6d65736830000000      device.name
      0000000000000000
      020000000000 0000     device.own
      03 00000000000000     device.mesh_id_length, pad
      666f6f0000000000      device.mesh_id
      0000000000000000
      0000000000000000
      0000000000000000
      020000000200 0000     destination
      0042d9048188ffff      mesh_path
      0400 0300 00000000    change, states, error
      78563412 00000000     detail, pad
      020000000100 0000     before.next_hop
      00f2052a01000000      before.expiry_ns
      11000000 01200000     before.sn, before.airtime_metric
      15000000              before.flags
      01 01 00 00           before.hop_count, is_root, is_gate, pad
      020000000300 0000     after.next_hop
      00e40b5402000000      after.expiry_ns
      ffffffff 02400000     after.sn, after.airtime_metric
      05000000              after.flags
      ff 00 01 00           after.hop_count, is_root, is_gate, pad
      0200 1700 39300000    cause.kind, cause.command, cause.pid
      b168de3a00000000      cause.began_ns
      7770615f73757070      cause.comm
      6c6963616e740000
      020000000400 0000     cause.peer
      4100 1c00 01 02 0000    cause.frame_length, frame_bytes, frame_form, peer_loss, pad
      d000000000000000      cause.frame: the category at 24, the element's id at 26
      0000000000000000
      0000000000000000
      0d01830000000000
      0000000000000000
      0000000000000000
      0000000000000000
      0000000000000000
      0000000000000000
      0000000000000000
      0000000000000000
      0000000000000000
      """;

  private static final MeshPathEvent EVENT =
      new MeshPathEvent(
          123456789,
          3,
          new MeshPathEvent.Device(
              0xf000_0098,
              7,
              0x30_6873_656dL,
              0,
              0x0200_0000_0000L,
              new MeshId("foo".getBytes(UTF_8))),
          0x0200_0000_0200L,
          0xffff_8881_04d9_4200L,
          MeshPathChange.CHANGE,
          0,
          0x1234_5678,
          new MeshPathState(0x0200_0000_0100L, 5_000_000_000L, 17, 8193, 0x15, 1, true, false),
          new MeshPathState(0x0200_0000_0300L, 10_000_000_000L, -1, 16386, 0x05, 255, false, true),
          new Cause(
              PathCause.PREP,
              23,
              12345,
              987_654_321,
              0x7070_7573_5f61_7077L, // wpa_supp
              0x0000_746e_6163_696cL, // licant
              0x0200_0000_0400L,
              2,
              Events.hwmpFrame(131)));

  /** Where the cause is, and in it the frame. */
  private static final long CAUSE = 192;

  private static final long FRAME = CAUSE + 48;

  private final MemorySegment data = MemorySegment.ofArray(new long[48]);

  @Test
  void is336Bytes() {
    assertThat(MeshPathRecord.BYTES).isEqualTo(336);
  }

  @Test
  void collectorIsThatOfTheCHeader() {
    try (BpfObject object = BpfObject.open(new Libbpf(new LibC()), "mesh_path")) {
      assertThat(object.btf().enumValue("record_collector", "RECORD_MESH_PATH"))
          .isEqualTo(MeshPathRecord.COLLECTOR);
    }
  }

  @Test
  void decodesGoldenBytes() {
    MemorySegment golden = MemorySegment.ofArray(golden());
    assertThat(MeshPathRecord.decode(golden, 0)).isEqualTo(EVENT);
  }

  @Test
  void encodesGoldenBytes() {
    Assumptions.assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "skipped: a big-endian machine");
    MeshPathRecord.encode(EVENT, data, 0);
    assertThat(data.asSlice(0, MeshPathRecord.BYTES).toArray(ValueLayout.JAVA_LONG))
        .isEqualTo(golden());
  }

  static Stream<MeshPathEvent> events() {
    return Stream.of(
        EVENT,
        Events.add(Events.MESH0, Events.station(2), 5),
        Events.delete(Events.MESH0, Events.station(2), 6),
        Events.refusal(Events.MESH0, Events.station(2), -28),
        Events.ignored(Events.station(3), 130, 2),
        Events.peerState(Events.station(3), 4, 5),
        Events.walk(MeshPathChange.WALK_END, 9, 7, 0, 3, null),
        Events.nextHop(
            new MeshPathEvent.Device(-1, -1, -1, -1, 0xffff_ffff_ffffL, new MeshId(new byte[32])),
            0xffff_ffff_ffffL,
            Long.MAX_VALUE,
            MeshPathChange.REASSIGN,
            0xffff_ffff_ffffL,
            -1,
            255));
  }

  @ParameterizedTest
  @MethodSource("events")
  void decodesWhatItEncoded(MeshPathEvent event) {
    MeshPathRecord.encode(event, data, 16);
    assertThat(MeshPathRecord.decode(data, 16)).isEqualTo(event);
  }

  @Test
  void encodesOverWhatWasThere() {
    data.fill((byte) 0xff);
    MeshPathRecord.encode(EVENT, data, 0);
    MemorySegment clean = MemorySegment.ofArray(new long[48]);
    MeshPathRecord.encode(EVENT, clean, 0);
    assertThat(
            data.asSlice(0, MeshPathRecord.BYTES).mismatch(clean.asSlice(0, MeshPathRecord.BYTES)))
        .isEqualTo(-1);
  }

  @Test
  void encodesHeaderOfItsCollector() {
    MeshPathRecord.encode(EVENT, data, 0);
    assertThat(RecordHeader.collector(data, 0)).isEqualTo(MeshPathRecord.COLLECTOR);
    assertThat(RecordHeader.length(data, 0)).isEqualTo(MeshPathRecord.BYTES);
  }

  @Test
  void rejectsUnknownChange() {
    MeshPathRecord.encode(EVENT, data, 0);
    data.set(ValueLayout.JAVA_SHORT, 112, (short) 30);
    assertThatThrownBy(() -> MeshPathRecord.decode(data, 0))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("mesh path change 30");
  }

  @Test
  void rejectsUnknownCause() {
    MeshPathRecord.encode(EVENT, data, 0);
    data.set(ValueLayout.JAVA_SHORT, CAUSE, (short) 15);
    assertThatThrownBy(() -> MeshPathRecord.decode(data, 0))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("path cause 15");
  }

  @ParameterizedTest
  @EnumSource
  void everyCauseSurvives(PathCause cause) {
    MeshPathRecord.encode(
        Events.event(Events.MESH0, 1, 2, MeshPathChange.ADD, cause, null, null), data, 0);
    assertThat(MeshPathRecord.decode(data, 0).cause()).isEqualTo(Cause.of(cause));
  }

  @Test
  void frameThatIsNoActionOfTheMeshHasNoElement() {
    MeshPathRecord.encode(EVENT, data, 0);
    data.set(ValueLayout.JAVA_BYTE, FRAME + 24, (byte) 15); // self-protected: peering
    assertThat(MeshPathRecord.decode(data, 0).cause().element()).isZero();
  }

  @Test
  void frameThatEndsBeforeItsElementHasNone() {
    MeshPathRecord.encode(EVENT, data, 0);
    data.set(ValueLayout.JAVA_SHORT, CAUSE + 42, (short) 26);
    assertThat(MeshPathRecord.decode(data, 0).cause().element()).isZero();
  }

  @Test
  void frameOfEthernetHasNoElement() {
    MeshPathRecord.encode(EVENT, data, 0);
    data.set(ValueLayout.JAVA_BYTE, CAUSE + 44, (byte) 2);
    assertThat(MeshPathRecord.decode(data, 0).cause().element()).isZero();
  }

  @Test
  void rejectsMoreOfAFrameThanThereIsRoomFor() {
    MeshPathRecord.encode(EVENT, data, 0);
    data.set(ValueLayout.JAVA_SHORT, CAUSE + 42, (short) 97);
    assertThatThrownBy(() -> MeshPathRecord.decode(data, 0))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("97 bytes of a frame");
  }

  @Test
  void rejectsUnknownFormOfAFrame() {
    MeshPathRecord.encode(EVENT, data, 0);
    data.set(ValueLayout.JAVA_BYTE, CAUSE + 44, (byte) 3);
    assertThatThrownBy(() -> MeshPathRecord.decode(data, 0))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("frame form 3");
  }

  private static long[] golden() {
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                GOLDEN
                    .lines()
                    .map(line -> line.replaceFirst("   .*", "").replace(" ", ""))
                    .reduce("", String::concat));
    long[] words = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    return words;
  }
}
