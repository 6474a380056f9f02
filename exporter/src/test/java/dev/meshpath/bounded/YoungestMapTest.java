package dev.meshpath.bounded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YoungestMapTest {
  private final YoungestMap<Integer, String> map = new YoungestMap<>(2);

  @Test
  void forgetsTheOldestBeyondItsLimit() {
    map.put(1, "a");
    map.put(2, "b");
    map.put(3, "c");
    assertThat(map.keySet()).containsExactly(2, 3);
  }

  @Test
  void whatIsPutAgainIsNoYounger() {
    map.put(1, "a");
    map.put(2, "b");
    map.put(1, "c");
    map.put(3, "d");
    assertThat(map.keySet()).containsExactly(2, 3);
  }
}
