package dev.meshpath.frame;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Decodes what mutations make of valid frames, by each of the ways in. An exception, a number that
 * no bytes can give, or an input that takes ten seconds ends it; {@code make fuzz} runs it.
 */
public final class FrameFuzz {
  private static final int VALID = 400;
  private static final int MOST_CHANGES = 6;

  private final Random random;
  private final List<byte[]> corpus = new ArrayList<>();
  private volatile long done;
  private long elements;
  private long partial;

  public FrameFuzz(long seed) throws IOException {
    this.random = new Random(seed);
    RandomElements valid = new RandomElements(seed);
    for (int i = 0; i < VALID; i++) {
      corpus.add(Frames.frame(valid.next()));
    }
    corpus.addAll(LabFrames.read());
  }

  /**
   * Prints the figures.
   *
   * @param arguments how many inputs, and the seed if it shall be the same again
   */
  public static void main(String[] arguments) throws Exception {
    long inputs = Long.parseLong(arguments[0]);
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    FrameFuzz fuzz = new FrameFuzz(seed);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = Thread.ofPlatform().daemon().unstarted(() -> fuzz.rounds(inputs));
    thread.setUncaughtExceptionHandler((ignored, thrown) -> failure.set(thrown));
    long began = System.nanoTime();
    thread.start();
    for (long before = -1; !thread.join(Duration.ofSeconds(10)); before = fuzz.done) {
      if (fuzz.done == before) {
        throw new AssertionError("seed " + seed + ": input " + before + " does not end");
      }
    }
    if (failure.get() != null) {
      throw new AssertionError("seed " + seed + ", input " + fuzz.done, failure.get());
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "seed %d: %d inputs, each decoded in three ways, in %.0f s (%.0f inputs/s): %d elements, %d"
            + " of them partial; no exception, no hang%n",
        seed,
        inputs,
        seconds,
        inputs / seconds,
        fuzz.elements,
        fuzz.partial);
  }

  private void rounds(long inputs) {
    for (long i = 0; i < inputs; i++) {
      round();
      done = i + 1;
    }
  }

  /** Decodes one mutation of one frame. */
  public void round() {
    byte[] bytes = mutate(corpus.get(random.nextInt(corpus.size())));
    int offset = random.nextInt(8) == 0 ? random.nextInt(bytes.length + 2) : 0;
    int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 9) - 4 : bytes.length;
    int frameLength = random.nextInt(4) == 0 ? random.nextInt(2 * bytes.length + 1) - 4 : length;
    try {
      check(
          FrameDecoder.captured(bytes, offset, length, frameLength, random.nextBoolean()),
          bytes,
          offset);
      check(FrameDecoder.hooked(bytes, offset, length, frameLength), bytes, offset);
      check(FrameDecoder.ethernet(bytes, offset, length, frameLength), bytes, offset);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          HexFormat.of().formatHex(bytes) + " from " + offset + ", " + length + "/" + frameLength,
          e);
    }
  }

  public long elements() {
    return elements;
  }

  public long partial() {
    return partial;
  }

  private void check(Frame frame, byte[] bytes, int offset) {
    require(frame.transmission(bytes, offset).length <= bytes.length + 12, "more than there is");
    switch (frame.body()) {
      case Body.Action action ->
          require(
              offset + action.offset() + action.length() <= bytes.length && action.length() >= 2,
              "a body beyond the bytes");
      case Body.Data data -> {
        require(data.length() >= 0, "a negative length");
        require(offset + data.offset() + data.length() <= bytes.length, "a payload beyond them");
        require(PayloadDecoder.decode(bytes, offset, data) != null, "no payload");
      }
      case Body.Protected ignored -> {}
      case Body.Other ignored -> {}
    }
    for (Element element : frame.elements()) {
      elements++;
      partial += element.defect() == null ? 0 : 1;
      if (element.defect() == null && element instanceof HwmpElement hwmp) {
        byte[] again = Frames.encode(hwmp);
        require(contains(bytes, again), "an element that is not in the bytes");
      }
    }
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int at = 0; at + part.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private byte[] mutate(byte[] valid) {
    byte[] bytes = valid.clone();
    for (int change = random.nextInt(MOST_CHANGES); change > 0 && bytes.length > 0; change--) {
      int at =
          random.nextInt(3) == 0
              ? random.nextInt(bytes.length)
              : random.nextInt(Math.min(48, bytes.length));
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
        case 3 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
        default -> {
          byte[] other = corpus.get(random.nextInt(corpus.size()));
          int count = Math.min(random.nextInt(32), Math.min(bytes.length - at, other.length));
          System.arraycopy(other, 0, bytes, at, count);
        }
      }
    }
    return bytes;
  }
}
