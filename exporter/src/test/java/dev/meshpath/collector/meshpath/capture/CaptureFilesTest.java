package dev.meshpath.collector.meshpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.frame.file.CaptureException;
import dev.meshpath.frame.file.PcapngBlock;
import dev.meshpath.frame.file.PcapngWriter.Captured;
import dev.meshpath.frame.file.PcapngWriter.Device;
import dev.meshpath.frame.file.PcapngWriter.Direction;
import dev.meshpath.frame.file.PcapngWriter.LinkType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFilesTest {
  private static final String PROGRAM = "meshpath 1.2.3";
  private static final long BYTES = 262_144;
  private static final long AGE = 4_000;
  private static final String TRACE = "0123456789abcdef0123456789abcdef";
  private static final CaptureSelection ALL =
      new CaptureSelection("", "", Long.MIN_VALUE, Long.MAX_VALUE);

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = directory.resolve("causes.pcapng");
  }

  private CaptureFiles open() throws IOException, CaptureException {
    return new CaptureFiles(file, BYTES, AGE, PROGRAM);
  }

  private static Captured packet(long epochNs, String... comments) {
    return new Captured(
        new Device("mesh0", "mesh m", 1, LinkType.IEEE80211),
        epochNs,
        Direction.INBOUND,
        new byte[200],
        200,
        List.of(comments));
  }

  private List<Long> times(CaptureFiles files, CaptureSelection selection) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.copy(selection, out);
    List<Long> times = new ArrayList<>();
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    for (PcapngBlock block = PcapngBlock.read(in); block != null; block = PcapngBlock.read(in)) {
      if (block.isPacket()) {
        times.add(block.epochNs());
      }
    }
    return times;
  }

  private long bytes() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.mapToLong(one -> one.toFile().length()).sum();
    }
  }

  @Test
  void filesAreBoundedAndTheNewestPacketsStay() throws Exception {
    try (CaptureFiles files = open()) {
      long most = 0;
      for (int i = 0; i < 5_000; i++) {
        assertThat(files.write(packet(i))).isPositive();
        most = Math.max(most, bytes());
      }
      assertThat(most).isBetween(BYTES * 9 / 10, BYTES);
      assertThat(directory.toFile().list())
          .containsExactlyInAnyOrder(
              "causes.pcapng", "causes.pcapng.1", "causes.pcapng.2", "causes.pcapng.3");
      List<Long> times = times(files, ALL);
      assertThat(times).isSorted().endsWith(4_999L).hasSizeGreaterThan(700);
      assertThat(times.getFirst()).isEqualTo(5_000L - times.size());
    }
  }

  @Test
  void noPacketGetsTooOld() throws Exception {
    try (CaptureFiles files = open()) {
      for (long now = 0; now < 20_000; now += 50) {
        files.write(packet(now));
        files.expire(now);
        List<Long> times = times(files, ALL);
        assertThat(times.getFirst()).isGreaterThan(now - AGE);
        if (now > AGE) {
          assertThat(times.getFirst()).isLessThan(now - AGE / 2);
        }
      }
      files.expire(30_000);
      files.expire(40_000);
      assertThat(times(files, ALL)).isEmpty();
      assertThat(directory.toFile().list()).containsExactly("causes.pcapng");
    }
  }

  @Test
  void restartContinues() throws Exception {
    for (int i = 0; i < 10; i++) {
      try (CaptureFiles files = open()) {
        files.write(packet(i));
        assertThat(times(files, ALL)).hasSize(i + 1);
      }
    }
    assertThat(directory.toFile().list()).containsExactly("causes.pcapng");
  }

  @Test
  void restartKnowsAgesAndSmallerBounds() throws Exception {
    try (CaptureFiles files = open()) {
      for (int i = 0; i < 1_000; i++) {
        files.write(packet(i));
      }
    }
    try (CaptureFiles smaller = new CaptureFiles(file, BYTES / 2, AGE, PROGRAM)) {
      for (int i = 1_000; i < 1_010; i++) {
        smaller.write(packet(i));
      }
      assertThat(bytes()).isLessThanOrEqualTo(BYTES / 2);
      smaller.expire(1_010 + AGE);
      smaller.expire(1_010 + AGE);
      assertThat(times(smaller, ALL)).isEmpty();
    }
  }

  @Test
  void selectionIsByEventTraceAndTime() throws Exception {
    try (CaptureFiles files = open()) {
      files.write(packet(10, "change x, trace " + TRACE, "delete y, trace " + "f".repeat(32)));
      files.write(packet(20, "proxy_change x, trace " + TRACE));
      files.write(packet(30));
      assertThat(times(files, ALL)).containsExactly(10L, 20L, 30L);
      assertThat(times(files, selection("change", "", 0, 99))).containsExactly(10L);
      assertThat(times(files, selection("", TRACE, 0, 99))).containsExactly(10L, 20L);
      assertThat(times(files, selection("delete", TRACE, 0, 99))).isEmpty();
      assertThat(times(files, selection("", "", 20, 30))).containsExactly(20L, 30L);
      assertThat(times(files, selection("", TRACE, 11, 19))).isEmpty();
    }
  }

  private static CaptureSelection selection(String event, String trace, long from, long to) {
    return new CaptureSelection(event, trace, from, to);
  }

  @Test
  void foreignOlderFileIsRefused() throws Exception {
    Path foreign = directory.resolve("causes.pcapng.1");
    Files.writeString(foreign, "mine");
    assertThatThrownBy(this::open).isInstanceOf(CaptureException.class);
    assertThat(foreign).hasContent("mine");
  }
}
