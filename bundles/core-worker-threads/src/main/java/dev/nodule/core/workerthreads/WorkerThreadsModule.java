package dev.nodule.core.workerthreads;

import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import dev.nodule.api.Handle;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ScriptModule;

/** Node.js's {@code worker_threads}, so far within one realm. */
public final class WorkerThreadsModule extends ScriptModule {
  @Override
  public void bind(ModuleContext context, Binding binding) {
    binding.function("openPort", 1, arguments -> port(context, arguments.callback(0)));
  }

  /**
   * A receiver: {@code notify()} has the loop call {@code callback} once; the rest is its handle.
   */
  private static Object port(ModuleContext context, Callback callback) {
    JavaScript javaScript = context.javaScript();
    Handle handle = context.loop().open("MessagePort");
    handle.unref();
    Object face = javaScript.newObject();
    javaScript.set(
        face,
        "notify",
        javaScript.newFunction(
            "notify",
            0,
            arguments -> {
              Handle delivery = context.loop().open("MessagePort");
              context
                  .loop()
                  .execute(
                      () -> {
                        delivery.setActive(false);
                        callback.invoke();
                      });
              return null;
            }));
    javaScript.set(
        face,
        "setRef",
        javaScript.newFunction(
            "setRef",
            1,
            arguments -> {
              if (arguments.bool(0)) {
                handle.ref();
              } else {
                handle.unref();
              }
              return null;
            }));
    javaScript.set(
        face,
        "close",
        javaScript.newFunction(
            "close",
            1,
            arguments -> {
              Callback closed = arguments.callback(0);
              handle.close(closed::invoke);
              return null;
            }));
    return face;
  }
}
