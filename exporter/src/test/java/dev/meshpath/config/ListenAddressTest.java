package dev.meshpath.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @Test
  void portAloneIsAllAddresses() {
    assertThat(ListenAddress.parse(":10211")).isEqualTo(new ListenAddress("", 10211));
  }

  @Test
  void readsHostAndPort() {
    assertThat(ListenAddress.parse("127.0.0.1:80")).isEqualTo(new ListenAddress("127.0.0.1", 80));
  }

  @Test
  void readsIpv6InBrackets() {
    assertThat(ListenAddress.parse("[::1]:65535")).isEqualTo(new ListenAddress("::1", 65535));
  }

  @Test
  void portZeroIsAnyFreeOne() {
    assertThat(ListenAddress.parse("localhost:0")).isEqualTo(new ListenAddress("localhost", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {":10211", "127.0.0.1:80", "[::1]:65535", "localhost:0"})
  void printsWhatItReads(String text) {
    assertThat(ListenAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "10211",
        "localhost",
        "localhost:",
        "localhost:http",
        ":65536",
        ":-1",
        "::1:80",
        ":99999999999"
      })
  void rejectsWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is no address: write HOST:PORT or :PORT, as :10211");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[:80", "]:80", "[]:80"})
  void rejectsBracketsWithoutAddress(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is no address: write HOST:PORT or :PORT, as :10211");
  }
}
