package dev.meshpath.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildInfoTest {
  @Test
  void versionIsThatOfTheBuild() {
    assertThat(BuildInfo.load().version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @Test
  void revisionIsOneOfGitOrUnknown() {
    assertThat(BuildInfo.load().revision()).matches("[0-9a-f]{7,40}|unknown");
  }
}
