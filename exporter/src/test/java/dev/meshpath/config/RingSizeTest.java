package dev.meshpath.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingSizeTest {
  @ParameterizedTest
  @ValueSource(ints = {65536, 131072, 4194304, 1073741824})
  void readsPowersOfTwo(int bytes) {
    assertThat(RingSize.parse(Integer.toString(bytes))).isEqualTo(new RingSize(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "32768", "65537", "100000", "-65536", "2147483648", "64K", "4 MiB"})
  void rejectsWhatNoRingCanHave(String text) {
    assertThatThrownBy(() -> RingSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'" + text + "' is no ring size: write a power of two from 65536 to 1073741824 bytes");
  }
}
