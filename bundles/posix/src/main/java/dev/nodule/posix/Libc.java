package dev.nodule.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls of the C library. Linking a method handle costs milliseconds, so every function is called
 * through one handle of six 64-bit words: on 64-bit Linux (x86_64, aarch64) integers and pointers
 * travel in registers of that width, variadic ones too, and a function leaves alone what it does
 * not ask for.
 */
public final class Libc {
  private static final int EINTR = 4;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LOOKUP = LINKER.defaultLookup();
  private static final Map<String, MemorySegment> FUNCTIONS = new ConcurrentHashMap<>();
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  /** Where a call leaves its errno. */
  private static final ThreadLocal<MemorySegment> ERRNO =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

  private Libc() {}

  /** Whether this C library has a function. */
  public static boolean has(String name) {
    return LOOKUP.find(name).isPresent();
  }

  /** The address of a function; frequent callers keep it. */
  public static MemorySegment function(String name) {
    return LOOKUP
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
  }

  /**
   * Calls a function whose result is an {@code int} or {@code ssize_t}: that, or the negated errno
   * if it is -1. A call that a signal interrupted is made again.
   */
  public static int call(MemorySegment function, long... words) {
    while (true) {
      int result = callOnce(function, words);
      if (result != -EINTR) {
        return result;
      }
    }
  }

  /** {@link #call(MemorySegment, long...)} by name. */
  public static int call(String name, long... words) {
    return call(FUNCTIONS.computeIfAbsent(name, Libc::function), words);
  }

  /** Calls a function that is not to be called again after a signal, as it waits for a time. */
  public static int callOnce(MemorySegment function, long... words) {
    MemorySegment errno = ERRNO.get();
    int result = (int) invoke(function, errno, words);
    return result == -1 ? -errno.get(JAVA_INT, 0) : result;
  }

  /** Calls a function whose result is a pointer: 0, or the negated errno where it is null. */
  public static int callForPointer(MemorySegment function, long... words) {
    MemorySegment errno = ERRNO.get();
    return invoke(function, errno, words) != 0 ? 0 : -errno.get(JAVA_INT, 0);
  }

  private static long invoke(MemorySegment function, MemorySegment errno, long[] words) {
    int n = words.length;
    try {
      return (long)
          CALL.invokeExact(
              function,
              errno,
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

  /** Closes a descriptor; a negative one is none. */
  public static void close(int fd) {
    if (fd >= 0) {
      call("close", fd);
    }
  }
}
