package dev.nodule.core.sqlite;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.nodule.api.NodeException;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of SQLite's functions. As in {@code Libc} few shapes of calls serve all of them, as linking
 * a shape costs milliseconds: on 64-bit Linux integers and pointers are words, on the stack too,
 * and a function leaves alone what it does not ask for. Pointers are numbers.
 */
final class Sqlite {
  static final int OK = 0;
  static final int ERROR = 1;
  static final int ROW = 100;
  static final int DONE = 101;

  /** SQLite copies the bytes while it is called. */
  private static final long TRANSIENT = -1;

  private static final Linker LINKER = Linker.nativeLinker();

  /** Short calls that never come back into Java. */
  private static final MethodHandle SHORT = words(3, Linker.Option.critical(false));

  private static final MethodHandle WORDS = words(6);
  private static final MethodHandle TEN_WORDS = words(10);

  /** Takes bytes of the Java heap as the argument after two words. */
  private static final MethodHandle BYTES =
      LINKER.downcallHandle(
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
          Linker.Option.critical(true));

  private static final MethodHandle BYTES_SECOND =
      LINKER.downcallHandle(
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
          Linker.Option.critical(true));

  private static final MethodHandle GET_DOUBLE =
      LINKER.downcallHandle(
          FunctionDescriptor.of(JAVA_DOUBLE, JAVA_LONG, JAVA_LONG), Linker.Option.critical(false));

  private static final MethodHandle RESULT_DOUBLE =
      LINKER.downcallHandle(
          FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_DOUBLE), Linker.Option.critical(false));

  private static final MethodHandle PUT_DOUBLE =
      LINKER.downcallHandle(
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_DOUBLE),
          Linker.Option.critical(false));

  private static final MemorySegment[] FUNCTIONS = functions();

  private Sqlite() {}

  private static MethodHandle words(int count, Linker.Option... options) {
    MemoryLayout[] arguments = new MemoryLayout[count];
    java.util.Arrays.fill(arguments, JAVA_LONG);
    return LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, arguments), options);
  }

  private static MemorySegment[] functions() {
    long table;
    try {
      table = NativeLibrary.table();
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("SQLite is not to be had: " + e.getMessage(), e);
    }
    Api[] all = Api.values();
    MemorySegment[] found = new MemorySegment[all.length];
    for (Api function : all) {
      found[function.ordinal()] =
          MemorySegment.ofAddress(
              MemorySegment.ofAddress(table)
                  .reinterpret((function.place + 1L) * Long.BYTES)
                  .getAtIndex(JAVA_LONG, function.place));
    }
    return found;
  }

  static MemorySegment function(Api api) {
    return FUNCTIONS[api.ordinal()];
  }

  /** A short call: nothing that runs SQL, waits or calls back. */
  static long quick(Api api, long a, long b) {
    return quick(api, a, b, 0);
  }

  static long quick(Api api, long a, long b, long c) {
    try {
      return (long) SHORT.invokeExact(function(api), a, b, c);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int call(Api api, long a) {
    return (int) words(api, a, 0, 0, 0, 0, 0);
  }

  static int call(Api api, long a, long b) {
    return (int) words(api, a, b, 0, 0, 0, 0);
  }

  static int call(Api api, long a, long b, long c) {
    return (int) words(api, a, b, c, 0, 0, 0);
  }

  static int call(Api api, long a, long b, long c, long d) {
    return (int) words(api, a, b, c, d, 0, 0);
  }

  static long words(Api api, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) WORDS.invokeExact(function(api), a, b, c, d, e, f);
    } catch (Throwable error) {
      throw unexpected(error);
    }
  }

  /** Registers a function: of ten words, some of them on the stack. */
  static int register(
      Api api, long a, long b, long c, long d, long e, long f, long g, long h, long i) {
    try {
      return (int) (long) TEN_WORDS.invokeExact(function(api), a, b, c, d, e, f, g, h, i, 0L);
    } catch (Throwable error) {
      throw unexpected(error);
    }
  }

  /** {@code bind_text} and {@code bind_blob}. */
  static int bind(Api api, long statement, int index, byte[] bytes, int offset, int length) {
    MemorySegment memory = MemorySegment.ofArray(bytes).asSlice(offset, length);
    try {
      return (int)
          (long)
              BYTES.invokeExact(
                  function(api), statement, (long) index, memory, (long) length, TRANSIENT);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** {@code result_text}, {@code result_blob} and {@code result_error}. */
  static void result(Api api, long context, byte[] bytes, int offset, int length) {
    MemorySegment memory = MemorySegment.ofArray(bytes).asSlice(offset, length);
    try {
      long unused =
          (long) BYTES_SECOND.invokeExact(function(api), context, memory, (long) length, TRANSIENT);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static double getDouble(Api api, long a, long b) {
    try {
      return (double) GET_DOUBLE.invokeExact(function(api), a, b);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int putDouble(Api api, long a, long b, double value) {
    try {
      return (int) (long) PUT_DOUBLE.invokeExact(function(api), a, b, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void resultDouble(long context, double value) {
    try {
      RESULT_DOUBLE.invokeExact(function(Api.RESULT_DOUBLE), context, value);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  /** What a pointer of a function's result points to as text; null for none. */
  static @Nullable String text(long pointer) {
    return pointer == 0
        ? null
        : MemorySegment.ofAddress(pointer).reinterpret(Long.MAX_VALUE).getString(0);
  }

  static byte[] bytes(long pointer, long length) {
    return length == 0
        ? new byte[0]
        : MemorySegment.ofAddress(pointer).reinterpret(length).toArray(JAVA_BYTE);
  }

  static String text(long pointer, long length) {
    return new String(bytes(pointer, length), StandardCharsets.UTF_8);
  }

  static String message(long database) {
    String message = text(words(Api.ERRMSG, database, 0, 0, 0, 0, 0));
    return message == null ? "" : message;
  }

  /** The error that the last call on a connection ended with, as Node.js tells it. */
  static NodeException error(long database) {
    int code = call(Api.EXTENDED_ERRCODE, database);
    String description = text(words(Api.ERRSTR, code, 0, 0, 0, 0, 0));
    return new NodeException("ERR_SQLITE_ERROR", message(database))
        .with("errcode", code)
        .with("errstr", description);
  }

  static void check(long database, int status) {
    if (status != OK) {
      throw error(database);
    }
  }
}
