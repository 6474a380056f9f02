package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivilegesTest {
  @ParameterizedTest
  @ValueSource(strings = {"000001ffffffffff", "0000000000200000", "ffffffffffffffff"})
  void isContentWithSysAdmin(String effective, @TempDir Path directory) throws IOException {
    Path status = status(directory, effective);
    assertThatCode(() -> Privileges.require(status)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000000000000000", "000001ffffdfffff", "0000008000000000"})
  void saysWhatIsMissing(String effective, @TempDir Path directory) throws IOException {
    Path status = status(directory, effective);
    assertThatThrownBy(() -> Privileges.require(status))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "user "
                + System.getProperty("user.name")
                + " may not load BPF programs (CAP_SYS_ADMIN is missing): run it as root.");
  }

  @Test
  void permittedAloneIsNotEnough(@TempDir Path directory) throws IOException {
    Path status = directory.resolve("status");
    Files.writeString(status, "CapPrm:\t000001ffffffffff\n");
    assertThatThrownBy(() -> Privileges.require(status)).isInstanceOf(Failure.class);
  }

  @Test
  void missingStatusIsNoVerdict(@TempDir Path directory) {
    assertThatThrownBy(() -> Privileges.require(directory.resolve("missing")))
        .isInstanceOf(UncheckedIOException.class);
  }

  private static Path status(Path directory, String effective) throws IOException {
    return Files.writeString(
        directory.resolve("status"),
        """
        Name:\tjava
        CapInh:\t0000000000000000
        CapPrm:\t000001ffffffffff
        CapEff:\t%s
        CapBnd:\t000001ffffffffff
        """
            .formatted(effective));
  }
}
