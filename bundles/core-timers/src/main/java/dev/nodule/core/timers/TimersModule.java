package dev.nodule.core.timers;

import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import dev.nodule.api.Check;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import dev.nodule.api.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The core module {@code timers}. The queues are the loop's, in Java: timer lists in JavaScript
 * take seconds to warm up. JavaScript names a timer by a number.
 */
public final class TimersModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    Table<Timer> timers = new Table<>();
    Table<Check> checks = new Table<>();
    binding
        // startTimer(fire, object, delay) -> id; fire(object) runs when it is due.
        .function(
            "startTimer",
            3,
            arguments -> {
              Callback fire = arguments.callback(0);
              Object object = arguments.value(1);
              Timer timer = context.loop().newTimer(() -> fire.invoke(object));
              timer.start(arguments.int64(2));
              return timers.add(timer);
            })
        .function(
            "restartTimer",
            2,
            arguments -> {
              timers.with(arguments.int32(0), timer -> timer.start(arguments.int64(1)));
              return null;
            })
        .function(
            "stopTimer",
            1,
            arguments -> {
              Timer timer = timers.remove(arguments.int32(0));
              if (timer != null) {
                timer.stop();
              }
              return null;
            })
        .function(
            "refTimer",
            2,
            arguments -> {
              timers.with(arguments.int32(0), arguments.bool(1) ? Timer::ref : Timer::unref);
              return null;
            })
        // startImmediate(fire, object) -> id
        .function(
            "startImmediate",
            2,
            arguments -> {
              Callback fire = arguments.callback(0);
              Object object = arguments.value(1);
              int id = checks.next();
              checks.put(
                  id,
                  context
                      .loop()
                      .setImmediate(
                          () -> {
                            checks.remove(id);
                            fire.invoke(object);
                          }));
              return id;
            })
        .function(
            "stopImmediate",
            1,
            arguments -> {
              Check check = checks.remove(arguments.int32(0));
              if (check != null) {
                check.cancel();
              }
              return null;
            })
        .function(
            "refImmediate",
            2,
            arguments -> {
              checks.with(arguments.int32(0), arguments.bool(1) ? Check::ref : Check::unref);
              return null;
            })
        .function("now", 0, arguments -> context.loop().now());
  }

  /** Objects by number. */
  private static final class Table<T> {
    private final Map<Integer, T> entries = new HashMap<>();
    private int last;

    int next() {
      do {
        last = (last + 1) & Integer.MAX_VALUE;
      } while (last == 0 || entries.containsKey(last));
      return last;
    }

    int add(T entry) {
      int id = next();
      entries.put(id, entry);
      return id;
    }

    void put(int id, T entry) {
      entries.put(id, entry);
    }

    @org.jspecify.annotations.Nullable
    T remove(int id) {
      return entries.remove(id);
    }

    void with(int id, Consumer<T> action) {
      T entry = entries.get(id);
      if (entry != null) {
        action.accept(entry);
      }
    }
  }
}
