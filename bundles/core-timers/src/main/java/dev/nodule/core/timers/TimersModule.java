package dev.nodule.core.timers;

import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import dev.nodule.api.Check;
import dev.nodule.api.HandleTable;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import dev.nodule.api.Timer;
import java.util.function.Consumer;

/**
 * The core module {@code timers}. The queues are the loop's, in Java: timer lists in JavaScript
 * take seconds to warm up. JavaScript names a timer by a number.
 */
public final class TimersModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    HandleTable<Timer> timers = context.loop().table("timers");
    HandleTable<Check> checks = context.loop().table("immediates");
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
              with(timers, arguments.int32(0), timer -> timer.start(arguments.int64(1)));
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
              with(timers, arguments.int32(0), arguments.bool(1) ? Timer::ref : Timer::unref);
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
              with(checks, arguments.int32(0), arguments.bool(1) ? Check::ref : Check::unref);
              return null;
            })
        .function("now", 0, arguments -> context.loop().now());
  }

  private static <T> void with(HandleTable<T> table, int id, Consumer<T> action) {
    T entry = table.get(id);
    if (entry != null) {
      action.accept(entry);
    }
  }
}
