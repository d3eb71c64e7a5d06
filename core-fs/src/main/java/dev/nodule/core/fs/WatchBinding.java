package dev.nodule.core.fs;

import dev.nodule.api.Arguments;
import dev.nodule.api.Binding;
import dev.nodule.api.Callback;
import dev.nodule.api.Handle;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.NativeFunction;
import org.jspecify.annotations.Nullable;

/** {@code watch}: each watcher is a handle of the loop over a watch of the kernel. */
final class WatchBinding {
  private final ModuleContext context;

  WatchBinding(ModuleContext context) {
    this.context = context;
  }

  void bind(Binding binding) {
    binding.function("watch", 2, this::watch);
  }

  /**
   * {@code (path, changed(renamed, name))}: an object with {@code close}, {@code ref} and {@code
   * unref}.
   */
  private @Nullable Object watch(Arguments arguments) {
    FilePath path = FilePath.of(arguments, 0, context.process());
    Callback changed = arguments.callback(1);
    Watcher watcher = new Watcher(changed);
    watcher.watch = Inotify.instance().add(path, watcher);
    JavaScript js = context.javaScript();
    Handle handle = context.loop().open("FSEVENTWRAP");
    Object object = js.newObject();
    method(
        object,
        "close",
        call -> {
          if (!watcher.closed) {
            watcher.closed = true;
            Inotify.instance().remove(watcher.watch, watcher);
            handle.close(() -> {});
          }
          return null;
        });
    method(
        object,
        "ref",
        call -> {
          handle.ref();
          return null;
        });
    method(
        object,
        "unref",
        call -> {
          handle.unref();
          return null;
        });
    return object;
  }

  private void method(Object object, String name, NativeFunction function) {
    JavaScript js = context.javaScript();
    js.set(object, name, js.newFunction(name, 0, function));
  }

  private final class Watcher implements Inotify.Listener {
    private final Callback changed;
    private int watch;
    private volatile boolean closed;

    Watcher(Callback changed) {
      this.changed = changed;
    }

    @Override
    public void changed(boolean renamed, @Nullable String name) {
      context
          .loop()
          .execute(
              () -> {
                if (!closed) {
                  changed.invoke(renamed, name);
                }
              });
    }
  }
}
