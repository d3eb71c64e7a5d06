package dev.nodule.core.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The C library, loaded at the first call that needs it. Linking a method handle costs
 * milliseconds, so every function is called through one handle of three 64-bit words: on 64-bit
 * Linux integers and pointers travel in registers of that width.
 */
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  private Libc() {}

  /** Calls a function whose result is an {@code int}: that, or the negated errno if it is -1. */
  static int call(String name, long first, long second, long third) {
    MemorySegment function =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      int result = (int) (long) CALL.invokeExact(function, state, first, second, third);
      return result == -1 ? -state.get(JAVA_INT, 0) : result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Calls a function that takes one string. */
  static int withString(String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      return call(name, arena.allocateFrom(value).address(), 0, 0);
    }
  }

  /** A null-terminated array of C strings. */
  static MemorySegment strings(Arena arena, List<String> values) {
    MemorySegment array = arena.allocate(ADDRESS, values.size() + 1L);
    for (int i = 0; i < values.size(); i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(values.get(i)));
    }
    array.setAtIndex(ADDRESS, values.size(), MemorySegment.NULL);
    return array;
  }
}
