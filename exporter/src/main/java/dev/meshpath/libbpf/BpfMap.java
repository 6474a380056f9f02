package dev.meshpath.libbpf;

import dev.meshpath.ffi.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One map of a {@link BpfObject}; valid until that is closed. */
public final class BpfMap {
  private final Libbpf libbpf;
  private final String name;
  private final long map;

  BpfMap(Libbpf libbpf, String name, long map) {
    this.libbpf = libbpf;
    this.name = name;
    this.map = map;
  }

  /** The map's file descriptor, once the object is loaded. */
  public int fd() {
    return libbpf.mapFd.call(map).asInt();
  }

  /** Entries; of a ring: bytes. */
  public int maxEntries() {
    return libbpf.mapMaxEntries.call(map).asInt();
  }

  /** Sets the size, before the object is loaded. */
  public void setMaxEntries(int entries) {
    libbpf.number(
        "bpf_map__set_max_entries(" + name + ", " + entries + ")",
        libbpf.mapSetMaxEntries.call(map, entries));
  }

  /**
   * The sum over all CPUs of entry {@code index} of a per-CPU array of 64-bit counters.
   *
   * @throws BpfException if the map is none
   */
  public long sumOfCpus(int index) {
    int cpus = libbpf.numPossibleCpus.call().asInt();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_INT, index);
      MemorySegment values = arena.allocate((long) cpus * Long.BYTES, Long.BYTES);
      libbpf.number(
          "bpf_map_lookup_elem(" + name + ", " + index + ")",
          libbpf.mapLookup.call(fd(), key.address(), values.address()));
      long sum = 0;
      for (int cpu = 0; cpu < cpus; cpu++) {
        sum += values.getAtIndex(ValueLayout.JAVA_LONG, cpu);
      }
      return sum;
    }
  }

  /**
   * Reads entry {@code index} of an array.
   *
   * @param value takes it: as many bytes as the map's values have
   * @throws BpfException if there is no such entry
   */
  public void read(int index, MemorySegment value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_INT, index);
      libbpf.number(
          "bpf_map_lookup_elem(" + name + ", " + index + ")",
          libbpf.mapLookup.call(fd(), key.address(), value.address()));
    }
  }

  /** The memory that becomes the map's content when the object is loaded. */
  MemorySegment initialValue() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
      long value =
          libbpf.pointer(
              "bpf_map__initial_value(" + name + ")",
              libbpf.mapInitialValue.call(map, size.address()));
      return NativeLibrary.memory(value, size.get(ValueLayout.JAVA_LONG, 0));
    }
  }
}
