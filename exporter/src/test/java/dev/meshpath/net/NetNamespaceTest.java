package dev.meshpath.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NetNamespaceTest {
  @Test
  void isTheInodeThatTheLinkNames() throws IOException {
    Path link = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
    assertThat("net:[" + Integer.toUnsignedString(NetNamespace.own()) + "]")
        .isEqualTo(link.toString());
  }
}
