package dev.meshpath.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void jsonStringsAreEscaped() {
    assertThat(Json.string("a\"b\\c\nd\te\r\u0001é"))
        .isEqualTo("\"a\\\"b\\\\c\\nd\\te\\u000d\\u0001é\"");
  }
}
