package dev.nodule.core.sqlite;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.nodule.api.Callback;
import dev.nodule.api.JavaScript;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions of JavaScript as SQLite calls them. What they throw their JavaScript has caught; only
 * what ends a thread comes here, and goes on when SQLite has returned.
 */
final class Callbacks {
  private static final int DENY = 1;
  private static final int POINTER_SIZE = 8;

  private static final FunctionDescriptor WITH_VALUES =
      FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_LONG);
  private static final FunctionDescriptor WITH_CONTEXT = FunctionDescriptor.ofVoid(JAVA_LONG);
  private static final FunctionDescriptor AUTHORIZER =
      FunctionDescriptor.of(
          JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private final JavaScript javaScript;
  private final Values values;
  private @Nullable Throwable escaped;

  Callbacks(JavaScript javaScript, Values values) {
    this.javaScript = javaScript;
    this.values = values;
  }

  /** Goes on with what passed a function of JavaScript without being caught there. */
  void check() {
    Throwable passing = escaped;
    if (passing != null) {
      escaped = null;
      if (passing instanceof Error error) {
        throw error;
      }
      throw passing instanceof RuntimeException known ? known : new IllegalStateException(passing);
    }
  }

  /** {@code function(context, ...values)}. */
  MemorySegment scalar(Arena arena, Callback function, boolean bigInts) {
    return stub(arena, new Scalar(this, function, bigInts), "call", WITH_VALUES);
  }

  /** {@code step(state, context, ...values)}, and so {@code inverse}; a state is a number. */
  MemorySegment step(Arena arena, Callback function, boolean bigInts) {
    return stub(arena, new Step(this, function, bigInts), "call", WITH_VALUES);
  }

  /** {@code result(state, context, isLast)}. */
  MemorySegment result(Arena arena, Callback function, boolean isLast) {
    return stub(arena, new Result(this, function, isLast), "call", WITH_CONTEXT);
  }

  /** {@code authorizer(action, name, name, database, triggerOrView)}: a number. */
  MemorySegment authorizer(Arena arena, Callback function) {
    return stub(arena, new Authorizer(this, function), "call", AUTHORIZER);
  }

  private static MemorySegment stub(
      Arena arena, Object target, String method, FunctionDescriptor shape) {
    MethodType type = shape.toMethodType();
    try {
      MethodHandle handle = MethodHandles.lookup().bind(target, method, type);
      return Linker.nativeLinker().upcallStub(handle, shape, arena);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable Object run(Callback function, List<@Nullable Object> arguments) {
    if (escaped != null) {
      return null;
    }
    try {
      return function.call(javaScript.undefined(), arguments.toArray());
    } catch (Throwable e) {
      escaped = e;
      return null;
    }
  }

  /** What names one run of an aggregate: where SQLite keeps memory for it. */
  private static long state(long context) {
    return Sqlite.words(Api.AGGREGATE_CONTEXT, context, POINTER_SIZE, 0, 0, 0, 0);
  }

  private record Scalar(Callbacks callbacks, Callback function, boolean bigInts) {
    @SuppressWarnings("UnusedMethod")
    void call(long context, int count, long array) {
      List<@Nullable Object> arguments = Values.list(context);
      callbacks.values.addArguments(arguments, count, array, bigInts);
      callbacks.run(function, arguments);
    }
  }

  private record Step(Callbacks callbacks, Callback function, boolean bigInts) {
    @SuppressWarnings("UnusedMethod")
    void call(long context, int count, long array) {
      List<@Nullable Object> arguments = Values.list(state(context));
      arguments.add(context);
      callbacks.values.addArguments(arguments, count, array, bigInts);
      callbacks.run(function, arguments);
    }
  }

  private record Result(Callbacks callbacks, Callback function, boolean isLast) {
    @SuppressWarnings("UnusedMethod")
    void call(long context) {
      List<@Nullable Object> arguments = Values.list(state(context));
      arguments.add(context);
      arguments.add(isLast);
      callbacks.run(function, arguments);
    }
  }

  private record Authorizer(Callbacks callbacks, Callback function) {
    @SuppressWarnings("UnusedMethod")
    int call(long unused, int action, long first, long second, long database, long source) {
      List<@Nullable Object> arguments = Values.list(action);
      for (long text : new long[] {first, second, database, source}) {
        String string = Sqlite.text(text);
        arguments.add(string == null ? callbacks.javaScript.nullValue() : string);
      }
      Object decision = callbacks.run(function, arguments);
      return decision instanceof Number number ? number.intValue() : DENY;
    }
  }
}
