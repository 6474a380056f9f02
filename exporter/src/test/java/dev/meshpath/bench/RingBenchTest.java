package dev.meshpath.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meshpath.collector.meshpath.MeshPathRecord;
import dev.meshpath.ffi.LibC;
import dev.meshpath.libbpf.KernelRights;
import dev.meshpath.libbpf.Libbpf;
import dev.meshpath.libbpf.RingBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark still fits the records: it is run too seldom to be found out by itself. */
class RingBenchTest {
  private static final Path RING_FILL = Path.of("../bpf/build/tests/ring_fill.bpf.o");

  /** Of ten destinations: all their changes, once. */
  private static final int RECORDS = 10 * FilledRing.CHANGES;

  /** What the kernel's ring puts before each record. */
  private static final int RING_HEADER = 8;

  @Test
  void recordsOfARoundFitIntoTheRing() {
    assertThat((long) RingBench.RECORDS * (MeshPathRecord.BYTES + RING_HEADER))
        .isLessThan(RingBench.RING_BYTES);
  }

  @Test
  void cAndJavaReadTheSameFields(@TempDir Path directory) throws Exception {
    KernelRights.assumeMayLoad();
    Path library = directory.resolve("libconsumer.so");
    Process compiler =
        new ProcessBuilder("../bench/build-consumer", library.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(compiler.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(compiler.waitFor()).isZero();

    FieldSum java = new FieldSum();
    try (FilledRing ring = new FilledRing(new Libbpf(new LibC()), RING_FILL, 1 << 20, 10);
        NativeConsumer c = new NativeConsumer(library, ring.map())) {
      ring.fill(RECORDS);
      assertThat(c.drain()).isEqualTo(RECORDS);
      ring.fill(RECORDS);
      try (RingBuffer reader = ring.open()) {
        assertThat(reader.drain(java, RECORDS)).isEqualTo(RECORDS);
      }
      assertThat(java.takeSum()).isNotZero().isEqualTo(c.takeSum());
    }
  }
}
