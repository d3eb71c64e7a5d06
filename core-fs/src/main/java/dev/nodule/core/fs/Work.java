package dev.nodule.core.fs;

import dev.nodule.api.Callback;
import dev.nodule.api.ModuleContext;
import org.jspecify.annotations.Nullable;

/** Blocking work without a result. */
final class Work {
  private Work() {}

  static @Nullable Object run(ModuleContext context, @Nullable Callback callback, Runnable work) {
    return context.blocking(
        callback,
        () -> {
          work.run();
          return null;
        });
  }
}
