package dev.meshpath.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeshIdTest {
  @ParameterizedTest
  @CsvSource({
    "6d657368, mesh",
    "4dc3bc6e6368656e, München",
    "'', ''",
    "00ff41, \\x00\\xffA",
    "610a62, a\\x0ab",
    "5c7830, \\x5cx0",
    "4dfc6e, M\\xfcn",
    "61e280ae62, a\\xe2\\x80\\xaeb"
  })
  void textNamesEveryByte(String hex, String text) {
    assertThat(new MeshId(Bytes.of(hex).toArray()).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"76616c6c6579, 627fd3d0", "00ff41, a90a1050", "'', ''"})
  void hashIsTheBeginningOfItsSha256(String hex, String hash) {
    assertThat(new MeshId(Bytes.of(hex).toArray()).hash()).isEqualTo(hash);
  }
}
