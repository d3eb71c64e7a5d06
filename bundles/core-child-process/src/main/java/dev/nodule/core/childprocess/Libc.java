package dev.nodule.core.childprocess;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The C library, loaded at the first call that needs it. Linking a method handle costs
 * milliseconds, so every function is called through one handle of six 64-bit words: on 64-bit Linux
 * integers and pointers travel in registers of that width, and a function leaves alone what it does
 * not ask for.
 */
final class Libc {
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int ENOEXEC = 8;
  static final int EAGAIN = 11;
  static final int EACCES = 13;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Map<String, MemorySegment> FUNCTIONS = new ConcurrentHashMap<>();
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  private Libc() {}

  static boolean has(String name) {
    return LINKER.defaultLookup().find(name).isPresent();
  }

  private static MemorySegment function(String name) {
    return FUNCTIONS.computeIfAbsent(
        name,
        key ->
            LINKER
                .defaultLookup()
                .find(key)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + key)));
  }

  /** Calls a function that sets errno: its result, or the negated errno if that is -1. */
  static int call(String name, long... words) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      int result;
      do {
        result = invoke(function(name), state, words);
      } while (result == -1 && state.get(JAVA_INT, 0) == EINTR && !name.equals("poll"));
      return result == -1 ? -state.get(JAVA_INT, 0) : result;
    }
  }

  private static int invoke(MemorySegment function, MemorySegment state, long[] words) {
    int n = words.length;
    try {
      return (int)
          (long)
              CALL.invokeExact(
                  function,
                  state,
                  n > 0 ? words[0] : 0L,
                  n > 1 ? words[1] : 0L,
                  n > 2 ? words[2] : 0L,
                  n > 3 ? words[3] : 0L,
                  n > 4 ? words[4] : 0L,
                  n > 5 ? words[5] : 0L);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static void close(int fd) {
    if (fd >= 0) {
      call("close", fd);
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
