package dev.meshpath.collector.meshpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceMeshesTest {
  private static final MeshPathEvent.Device MESH0 = Events.MESH0;

  private final List<FrameCounts> counts =
      new ArrayList<>(List.of(counts(Events.device(1, 8, "mesh1")), counts(MESH0)));
  private final DeviceMeshes meshes = new DeviceMeshes(() -> List.copyOf(counts));

  @Test
  void hashesTheMeshOfEachDevice() {
    assertThat(meshes.get()).isEqualTo(counts);
    assertThat(meshes.hashOf(1, 7)).isEqualTo("b65e51ec");
    assertThat(meshes.hashOf(1, 8)).isEqualTo("b65e51ec");
  }

  @Test
  void knowsNothingOfOthers() {
    meshes.get();
    assertThat(meshes.hashOf(2, 7)).isEmpty();
    assertThat(meshes.hashOf(1, 9)).isEmpty();
  }

  @Test
  void knowsWhatTheLastLookSaw() {
    assertThat(meshes.hashOf(1, 7)).isEmpty();
    meshes.get();
    counts.clear();
    assertThat(meshes.hashOf(1, 7)).isEqualTo("b65e51ec");
    meshes.get();
    assertThat(meshes.hashOf(1, 7)).isEmpty();
  }

  private static FrameCounts counts(MeshPathEvent.Device device) {
    return new FrameCounts(device, 0, 0, 0, 0, 0, 0, 0);
  }
}
