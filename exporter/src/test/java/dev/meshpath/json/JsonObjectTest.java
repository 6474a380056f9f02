package dev.meshpath.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
  @Test
  void membersStandInTheirOrder() {
    assertThat(
            new JsonObject()
                .text("a\"b", "c\nd")
                .number("n", -1)
                .number("x", 0.5)
                .flag("f", true)
                .list("l", List.of("1", "\"two\""))
                .raw("o", new JsonObject().toString()))
        .hasToString(
            "{\"a\\\"b\":\"c\\nd\",\"n\":-1,\"x\":0.5,\"f\":true,\"l\":[1,\"two\"],\"o\":{}}");
  }
}
