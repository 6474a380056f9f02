package dev.meshpath.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {
  @ParameterizedTest
  @CsvSource({
    "2412, 1",
    "2437, 6",
    "2472, 13",
    "2484, 14",
    "4920, 184",
    "5180, 36",
    "5825, 165",
    "5935, 2",
    "5955, 1",
    "7115, 233"
  })
  void isThatOfTheKernel(int mhz, int channel) {
    assertThat(Channel.of(mhz)).hasValue(channel);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 900, 2411, 3000, 5000, 5940, 60480, -1})
  void otherFrequenciesHaveNone(int mhz) {
    assertThat(Channel.of(mhz)).isEmpty();
  }
}
