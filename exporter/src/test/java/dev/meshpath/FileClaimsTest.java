package dev.meshpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileClaimsTest {
  @TempDir private Path directory;

  @Test
  void secondClaimIsOneSentence() {
    Path file = directory.resolve("causes.pcapng");
    try (FileClaims first = new FileClaims();
        FileClaims second = new FileClaims()) {
      first.claim(file, "--capture.file");
      first.claim(null, "--traces.file");
      assertThatThrownBy(() -> second.claim(file, "--capture.file"))
          .isInstanceOf(Failure.class)
          .hasMessage(
              file
                  + " is written by another exporter, which holds "
                  + file
                  + ".lock: stop that one, or name another file with --capture.file.");
      second.claim(directory.resolve("other"), "--capture.file");
    }
  }

  @Test
  void anotherProcessHasToWaitUntilTheFirstIsGone() throws Exception {
    Path file = directory.resolve("causes.pcapng");
    Path lock = directory.resolve("causes.pcapng.lock");
    Files.createFile(lock);
    Process other =
        new ProcessBuilder(
                "python3",
                "-c",
                "import fcntl,sys\nf=open(sys.argv[1],'w')\nfcntl.lockf(f,fcntl.LOCK_EX)\n"
                    + "print('locked',flush=True)\nsys.stdin.read()",
                lock.toString())
            .start();
    try (FileClaims claims = new FileClaims()) {
      assertThat(other.inputReader().readLine()).isEqualTo("locked");
      assertThatThrownBy(() -> claims.claim(file, "--capture.file"))
          .hasMessageContaining("is written by another exporter");
      other.destroyForcibly();
      assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
      claims.claim(file, "--capture.file");
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void claimEndsWithItsOwnerAndOnlyConcernsFiles() {
    Path file = directory.resolve("spans");
    try (FileClaims first = new FileClaims()) {
      first.claim(file, "--traces.file");
    }
    try (FileClaims second = new FileClaims();
        FileClaims third = new FileClaims()) {
      second.claim(file, "--traces.file");
      second.claim(Path.of("/dev/null"), "--traces.file");
      third.claim(Path.of("/dev/null"), "--traces.file");
    }
    assertThat(Path.of("/dev/null.lock")).doesNotExist();
  }

  @Test
  void directoryThatIsNotThereIsOneSentence() {
    try (FileClaims claims = new FileClaims()) {
      assertThatThrownBy(() -> claims.claim(directory.resolve("no/where"), "--logs.file"))
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith("cannot lock ")
          .hasMessageEndingWith("name a file elsewhere with --logs.file.");
    }
  }
}
