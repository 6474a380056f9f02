package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.nl80211.FakeKernel;
import dev.meshpath.nl80211.NetlinkException;
import dev.meshpath.telemetry.Scrapes;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class KernelChangeMetricsTest {
  private static final String GET_MPATH = "NL80211_CMD_GET_MPATH of interface 7";
  private static final int NO_DEVICE = 19;
  private static final int NOT_PERMITTED = 1;

  private final FakeKernel kernel = new FakeKernel().devices().paths();

  @Test
  void showsTheKernelsCountOfEachPath() {
    assertThat(scrape(OptionalInt.empty(), 256))
        .isEqualTo(
            """
            # HELP dot11s_kernel_path_changes Next hop changes of a path by the kernel's own count, which ends with the path.
            # TYPE dot11s_kernel_path_changes gauge
            dot11s_kernel_path_changes{destination="02:00:00:00:01:00",device="mesh0"} 9.0
            dot11s_kernel_path_changes{destination="02:00:00:00:02:00",device="mesh0"} 9.0
            """);
    assertThat(kernel.open()).isZero();
  }

  @Test
  void namesTheNamespaceWhereThereAreSeveral() {
    assertThat(scrape(OptionalInt.of(-1), 256))
        .contains("{destination=\"02:00:00:00:01:00\",device=\"mesh0\",netns=\"4294967295\"} 9.0");
  }

  @Test
  void hasNoMoreThanTheLimit() {
    assertThat(scrape(OptionalInt.empty(), 1).lines().filter(line -> !line.startsWith("#")))
        .containsExactly(
            "dot11s_kernel_path_changes{destination=\"02:00:00:00:01:00\",device=\"mesh0\"} 9.0");
  }

  @Test
  void deviceThatVanishesMeanwhileIsLeftOut() {
    kernel.refuse(GET_MPATH, NO_DEVICE);
    assertThat(scrape(OptionalInt.empty(), 256)).isEmpty();
    assertThat(kernel.open()).isZero();
  }

  @Test
  void otherRefusalFailsTheScrape() {
    kernel.refuse(GET_MPATH, NOT_PERMITTED);
    assertThatThrownBy(() -> scrape(OptionalInt.empty(), 256)).isInstanceOf(NetlinkException.class);
    assertThat(kernel.open()).isZero();
  }

  private String scrape(OptionalInt netns, int limit) {
    return Scrapes.text(new KernelChangeMetrics(kernel, netns, limit));
  }
}
