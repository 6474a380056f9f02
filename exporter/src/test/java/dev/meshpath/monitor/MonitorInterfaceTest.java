package dev.meshpath.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.failure.Failure;
import dev.meshpath.frame.Body;
import dev.meshpath.frame.file.AirFrame;
import dev.meshpath.frame.file.CaptureException;
import dev.meshpath.frame.file.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

class MonitorInterfaceTest {
  private static final Path LAB = Path.of("src/test/resources/captures/lab.pcap");

  @BeforeEach
  void assumeLibpcap() {
    try {
      Pcaps.libVersion();
    } catch (LinkageError e) {
      Assumptions.abort("there is no libpcap here: apt-get install libpcap0.8");
    }
  }

  @Test
  void kernelHandsOutThatOnly()
      throws IOException, CaptureException, PcapNativeException, NotOpenException {
    int wanted = 0;
    int others = 0;
    try (PcapHandle dead = Pcaps.openDead(DataLinkType.IEEE802_11_RADIO, 512);
        CaptureFile file = CaptureFile.open(LAB)) {
      BpfProgram filter =
          dead.compileFilter(
              MonitorInterface.FILTER, BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
      for (AirFrame frame = file.next(); frame != null; frame = file.next()) {
        boolean want =
            !frame.frame().elements().isEmpty()
                || (frame.frame().header().isAction()
                    && frame.frame().body() instanceof Body.Protected);
        assertThat(filter.applyFilter(frame.bytes(), frame.bytes().length, frame.bytes().length))
            .as("record %d", frame.number())
            .isEqualTo(want);
        wanted += want ? 1 : 0;
        others += want ? 0 : 1;
      }
    }
    assertThat(wanted).isGreaterThan(50);
    assertThat(others).isGreaterThan(20);
  }

  @Test
  void interfaceThatIsNotThereIsOneSentence() {
    assertThatThrownBy(() -> new MonitorInterface("mon99", frame -> {}))
        .isInstanceOf(Failure.class)
        .hasMessageMatching(
            "--monitor: mon99 cannot be heard \\(.*\\): name an interface of type monitor that"
                + " exists in this network namespace and is up\\.");
  }

  @Test
  void interfaceOfAnotherKindIsOneSentence() {
    try {
      new MonitorInterface("lo", frame -> {}).close();
    } catch (Failure e) {
      Assumptions.assumeFalse(
          String.valueOf(e.getMessage()).contains("cannot be heard"),
          "no right to open an interface here");
      assertThat(e)
          .hasMessage(
              "--monitor: lo delivers no 802.11 frames (link type 1): name an interface of type"
                  + " monitor, as 'iw dev DEVICE interface add mon0 type monitor' makes one.");
      return;
    }
    throw new AssertionError("lo was taken for a monitor interface");
  }
}
