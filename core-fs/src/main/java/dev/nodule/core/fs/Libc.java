package dev.nodule.core.fs;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The C library, loaded at the first call that needs it. Linking a method handle costs
 * milliseconds, so every function is called through one handle of six 64-bit words: on 64-bit Linux
 * (x86_64, aarch64) integers and pointers travel in registers of that width, variadic ones too, and
 * a function leaves alone what it does not ask for.
 */
final class Libc {
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EEXIST = 17;
  static final int ENOTDIR = 20;

  /** "Relative to the current directory", in the {@code ...at} functions. */
  static final long AT_FDCWD = -100;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LOOKUP = LINKER.defaultLookup();
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  private Libc() {}

  /** The address of a function of the C library. */
  static MemorySegment function(String name) {
    return LOOKUP
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
  }

  /**
   * Calls a function whose result is an {@code int} or {@code ssize_t}: that, or the negated errno.
   */
  static int call(MemorySegment function, long... words) {
    Scratch scratch = Scratch.get();
    while (true) {
      int result = (int) invoke(function, scratch.errno, words);
      if (result != -1) {
        return result;
      }
      int errno = scratch.errno.get(JAVA_INT, 0);
      if (errno != EINTR) {
        return -errno;
      }
    }
  }

  /** Calls a function whose result is a pointer: 0, or the negated errno where it is null. */
  static int callForPointer(MemorySegment function, long... words) {
    Scratch scratch = Scratch.get();
    return invoke(function, scratch.errno, words) != 0 ? 0 : -scratch.errno.get(JAVA_INT, 0);
  }

  private static long invoke(MemorySegment function, MemorySegment state, long[] words) {
    int n = words.length;
    try {
      return (long)
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
}
