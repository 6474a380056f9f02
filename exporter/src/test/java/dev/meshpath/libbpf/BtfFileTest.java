package dev.meshpath.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meshpath.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BtfFileTest {
  @TempDir private Path directory;

  @Test
  void readsAFile() throws IOException {
    Path file = Files.write(directory.resolve("btf"), new BtfBytes().struct("s", 8).bytes());
    assertThat(Btf.read(file).sizeOfStruct("s")).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "no BTF at all, but longer than its header"})
  void namesAFileThatIsNone(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("btf"), content);
    assertThatThrownBy(() -> Btf.read(file))
        .isInstanceOf(Failure.class)
        .hasMessage(file + " is no BTF: name a file that pahole --btf_encode_detached wrote.");
  }

  @Test
  void namesAFileThatCannotBeRead() {
    assertThatThrownBy(() -> Btf.read(directory))
        .isInstanceOf(Failure.class)
        .hasMessage(directory + " cannot be read: name another BTF file.");
  }
}
