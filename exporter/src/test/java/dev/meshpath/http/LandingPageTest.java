package dev.meshpath.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LandingPageTest {
  @Test
  void versionIsNoMarkup() {
    assertThat(new LandingPage("<b>&").html()).contains("version &lt;b>&amp;.");
  }
}
