package dev.meshpath.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: a frame, with a named reason where it is not whole. */
class HostileFrameTest {
  private static final int ROUNDS = 20_000;

  @Test
  void whatTheStandardAllowsComesBack() {
    RandomElements random = new RandomElements(1);
    for (int round = 0; round < ROUNDS; round++) {
      List<HwmpElement> elements = random.next();
      Frame frame = Frames.decode(Frames.frame(elements));
      assertThat(frame.elements()).isEqualTo(elements);
      assertThat(frame.defect()).isNull();
    }
  }

  @Test
  void captureMayEndAtAnyByte() {
    RandomElements random = new RandomElements(2);
    for (int round = 0; round < 200; round++) {
      List<HwmpElement> elements = random.next();
      byte[] whole = Frames.frame(elements);
      for (int kept = 0; kept < whole.length; kept++) {
        Frame frame = FrameDecoder.captured(whole, 0, kept, whole.length, false);
        assertThat(defect(frame)).as("%d of %d", kept, whole.length).isEqualTo(Defect.TRUNCATED);
        int complete = 0;
        for (Element element : frame.elements()) {
          if (element.defect() == null) {
            assertThat(element).isEqualTo(elements.get(complete));
            complete++;
          }
        }
        assertThat(frame.elements().size() - complete).isBetween(0, 1);
      }
    }
  }

  @Test
  void frameMayEndAtAnyByte() {
    RandomElements random = new RandomElements(3);
    for (int round = 0; round < 200; round++) {
      List<HwmpElement> elements = random.next();
      byte[] whole = Frames.frame(elements);
      for (int length = 0; length < whole.length; length++) {
        Frame frame = FrameDecoder.captured(whole, 0, length, length, false);
        boolean prefix =
            !frame.elements().isEmpty()
                && frame.elements().equals(elements.subList(0, frame.elements().size()));
        assertThat(defect(frame) != null || prefix).as("%d bytes", length).isTrue();
      }
    }
  }

  /**
   * Also what mutations make of frames of the lab: {@link FrameFuzz} for hours, this for seconds.
   */
  @Test
  void anyBytesMayBeOthers() throws Exception {
    FrameFuzz fuzz = new FrameFuzz(4);
    for (int round = 0; round < 10 * ROUNDS; round++) {
      fuzz.round();
    }
    assertThat(fuzz.elements()).isPositive();
    assertThat(fuzz.partial()).isPositive();
  }

  private static @Nullable Defect defect(Frame frame) {
    for (Element element : frame.elements()) {
      if (element.defect() != null) {
        return element.defect();
      }
    }
    return frame.defect();
  }
}
