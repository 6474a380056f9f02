package dev.meshpath.frame;

import dev.meshpath.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Valid elements of the standard, with any values. */
public final class RandomElements {
  private static final int EXTENSION = 0x40;

  private final Random random;

  public RandomElements(long seed) {
    this.random = new Random(seed);
  }

  public List<HwmpElement> next() {
    List<HwmpElement> elements = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      elements.add(
          switch (random.nextInt(4)) {
            case 0 -> preq();
            case 1 -> prep();
            case 2 -> perr();
            default -> new Rann(u8(), u8(), u8(), mac(), u32(), u32(), u32(), 7, null);
          });
    }
    return elements;
  }

  private Preq preq() {
    int flags = u8();
    boolean extended = (flags & EXTENSION) != 0;
    List<Preq.Target> targets = new ArrayList<>();
    for (int i = random.nextInt(1, 21); i > 0; i--) {
      targets.add(new Preq.Target(u8(), mac(), u32()));
    }
    return new Preq(
        flags,
        u8(),
        u8(),
        u32(),
        mac(),
        u32(),
        extended ? mac() : MacAddress.NONE,
        u32(),
        u32(),
        targets.size(),
        targets,
        extended ? 10 : 9,
        null);
  }

  private Prep prep() {
    int flags = u8();
    boolean extended = (flags & EXTENSION) != 0;
    return new Prep(
        flags,
        u8(),
        u8(),
        mac(),
        u32(),
        extended ? mac() : MacAddress.NONE,
        u32(),
        u32(),
        mac(),
        u32(),
        extended ? 10 : 9,
        null);
  }

  private Perr perr() {
    List<Perr.Destination> destinations = new ArrayList<>();
    for (int i = random.nextInt(1, 14); i > 0; i--) {
      int flags = u8();
      boolean extended = (flags & EXTENSION) != 0;
      destinations.add(
          new Perr.Destination(
              flags,
              mac(),
              u32(),
              extended ? mac() : MacAddress.NONE,
              random.nextInt(1 << Short.SIZE)));
    }
    return new Perr(u8(), destinations.size(), destinations, 2, null);
  }

  private int u8() {
    return random.nextInt(1 << Byte.SIZE);
  }

  private int u32() {
    return random.nextInt();
  }

  private long mac() {
    return random.nextLong() >>> 16;
  }
}
