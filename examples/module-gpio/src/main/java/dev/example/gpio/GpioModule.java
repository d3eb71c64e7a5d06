package dev.example.gpio;

import dev.nodule.api.Binding;
import dev.nodule.api.EventLoop;
import dev.nodule.api.HandleTable;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;
import dev.nodule.api.Timer;

/** Pins that are simulated: their levels live in memory, and a pulse is a timer. */
public final class GpioModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    EventLoop loop = context.loop();
    // Belongs to the loop and holds types of the JDK alone: the levels outlive a swap of this module.
    HandleTable<Boolean> levels = loop.table("acme:gpio");
    binding
        .function("read", 1, arguments -> Boolean.TRUE.equals(levels.get(arguments.int32(0))))
        .function(
            "write",
            2,
            arguments -> {
              levels.put(arguments.int32(0), arguments.bool(1));
              return null;
            })
        .function(
            "after",
            2,
            arguments -> {
              var callback = arguments.callback(1);
              Timer timer = loop.newTimer(callback::invoke);
              timer.start(arguments.int64(0));
              return null;
            });
  }
}
