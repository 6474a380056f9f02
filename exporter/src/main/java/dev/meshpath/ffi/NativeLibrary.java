package dev.meshpath.ffi;

import dev.meshpath.failure.Failure;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * A shared library whose functions are linked eagerly: what it lacks is known at start, by name,
 * and not at the first call.
 */
@SuppressWarnings("restricted") // this is the room for it
public final class NativeLibrary {
  private final String name;
  private final String remedy;
  private final SymbolLookup symbols;

  private NativeLibrary(String name, String remedy, SymbolLookup symbols) {
    this.name = name;
    this.remedy = remedy;
    this.symbols = symbols;
  }

  /** The C library, which the JVM has loaded already. */
  public static NativeLibrary libc() {
    return new NativeLibrary("libc", "use glibc", Linker.nativeLinker().defaultLookup());
  }

  /**
   * Loads a library by the dynamic linker's search path.
   *
   * @param soname as {@code libbpf.so.1}
   * @param remedy what to do when it is missing or too old, as an imperative
   * @throws Failure if there is none
   */
  public static NativeLibrary open(String soname, String remedy) {
    try {
      return new NativeLibrary(soname, remedy, SymbolLookup.libraryLookup(soname, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new Failure(soname + " cannot be loaded: " + remedy + ".", e);
    }
  }

  /**
   * Links one function.
   *
   * @throws Failure if the library does not export it
   */
  public NativeFunction link(String function) {
    return new NativeFunction(
        symbols
            .find(function)
            .orElseThrow(
                () ->
                    new Failure(
                        name + " has no " + function + "(), it is too old: " + remedy + ".")));
  }

  /**
   * Memory that native code gave us.
   *
   * @param address not 0
   * @param bytes how long it is
   */
  public static MemorySegment memory(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** A C string of at most 64 KiB at {@code address}, or an empty one for NULL. */
  public static String string(long address) {
    return address == 0 ? "" : memory(address, 1 << 16).getString(0);
  }
}
