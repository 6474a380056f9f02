package dev.meshpath.ffi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A C function of integers and pointers, called with machine words.
 *
 * <p>Both calling conventions that we run on (System V x86-64 and AAPCS64) pass the first six of
 * either kind in the same registers, whatever their width, and a function looks at no register that
 * it has no parameter for. So one shape serves all functions. That matters at start: the JDK
 * generates and links code for each shape, some 15 ms each, which is half of what the exporter
 * would need to its first scrape. What returns less than 64 bits leaves the others undefined: cast.
 */
@SuppressWarnings("restricted") // this is the room for it
public final class NativeFunction {
  private static final int WORDS = 6;
  private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle CALL =
      Linker.nativeLinker()
          .downcallHandle(
              FunctionDescriptor.of(
                  JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
              Linker.Option.captureCallState("errno"));

  private final MemorySegment address;

  NativeFunction(MemorySegment address) {
    this.address = address;
  }

  /**
   * What a call returned.
   *
   * @param word all 64 bits of the result register
   * @param errno as the call left it; means something only where the word says that it failed
   */
  public record Result(long word, int errno) {
    /** The result of a function that returns {@code int}. */
    public int asInt() {
      return (int) word;
    }
  }

  /**
   * Calls it.
   *
   * @param words at most six: integers, and addresses that stay valid during the call
   */
  public Result call(long... words) {
    long[] six = Arrays.copyOf(words, WORDS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      long word =
          (long) CALL.invokeExact(address, state, six[0], six[1], six[2], six[3], six[4], six[5]);
      return new Result(word, (int) ERRNO.get(state, 0L));
    } catch (Throwable t) {
      throw new AssertionError("a native call threw", t);
    }
  }
}
