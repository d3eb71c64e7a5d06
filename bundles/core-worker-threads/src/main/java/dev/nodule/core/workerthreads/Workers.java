package dev.nodule.core.workerthreads;

import dev.nodule.api.Arguments;
import dev.nodule.api.Callback;
import dev.nodule.api.Handle;
import dev.nodule.api.JavaScript;
import dev.nodule.api.MessageEnd;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NativeFunction;
import dev.nodule.api.WorkerStart;
import dev.nodule.api.WorkerThread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Threads that this realm starts, as its JavaScript sees them. */
final class Workers {
  private Workers() {}

  /**
   * {@code startWorker(name, environment, execArgv, nodeOptions, stackMegabytes, ended, control)}.
   * The environment is a list of names and values, or undefined if it is shared; {@code control} is
   * given the port to the new thread before that begins.
   */
  static Object start(ModuleContext context, PortTable ports, Arguments arguments) {
    JavaScript js = context.javaScript();
    MessageEnd[] ends = MessageEnd.pair();
    Handle handle = context.loop().open("Worker");
    Callback ended = arguments.callback(5);
    WorkerThread thread;
    try {
      arguments.callback(6).call(js.undefined(), ports.port(ends[0]));
      thread =
          context
              .threads()
              .start(
                  new WorkerStart(
                      arguments.string(0),
                      ends[1],
                      environment(strings(js, arguments.value(1))),
                      strings(js, arguments.value(2)),
                      arguments.stringOrNull(3),
                      arguments.number(4),
                      code -> {
                        handle.close(() -> {});
                        ended.invoke(code);
                      }));
    } catch (RuntimeException e) {
      handle.close(() -> {});
      throw e;
    }
    Object face = js.newObject();
    js.set(face, "id", thread.id());
    function(
        js,
        face,
        "terminate",
        arguments1 -> {
          thread.terminate();
          return null;
        });
    function(
        js,
        face,
        "setRef",
        arguments1 -> {
          if (arguments1.bool(0)) {
            handle.ref();
          } else {
            handle.unref();
          }
          return null;
        });
    function(js, face, "hasRef", arguments1 -> handle.hasRef());
    function(js, face, "loopNanos", arguments1 -> numbers(thread.loopNanos()));
    function(js, face, "cpuMicros", arguments1 -> numbers(thread.cpuMicros()));
    return face;
  }

  private static double[] numbers(long[] values) {
    return new double[] {values[0], values[1]};
  }

  private static void function(JavaScript js, Object face, String name, NativeFunction function) {
    js.set(face, name, js.newFunction(name, 0, function));
  }

  private static @Nullable Map<String, String> environment(@Nullable List<String> flat) {
    if (flat == null) {
      return null;
    }
    Map<String, String> environment = new LinkedHashMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      environment.put(flat.get(i), flat.get(i + 1));
    }
    return environment;
  }

  private static @Nullable List<String> strings(JavaScript js, Object array) {
    if (array == js.undefined()) {
      return null;
    }
    int length = ((Number) js.get(array, "length")).intValue();
    List<String> result = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      result.add(js.toDisplayString(js.get(array, Integer.toString(i))));
    }
    return result;
  }
}
