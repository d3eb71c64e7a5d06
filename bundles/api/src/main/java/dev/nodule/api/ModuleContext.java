package dev.nodule.api;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What the runtime offers the Java of one module revision in one realm. */
public interface ModuleContext {
  JavaScript javaScript();

  EventLoop loop();

  /** The process as this realm sees it. */
  ProcessInfo process();

  /** The JavaScript threads of the application, of which this realm is one. */
  Threads threads();

  /**
   * Runs blocking work. Without a callback it runs here and now, and its result is returned (the
   * {@code ...Sync} forms). With one it runs on the worker pool and the loop calls {@code
   * callback(error, result)}: {@code callback(null)} without a result if that is null; until then
   * the loop stays alive.
   *
   * @return the result without a callback, else null
   * @throws NodeException without a callback, what the work threw
   */
  @Nullable Object blocking(@Nullable Callback callback, Callable<? extends @Nullable Object> work);

  /**
   * Runs work on this realm's thread as soon as it can, in the middle of the JavaScript that runs
   * there or, while none does, when it goes on. From any thread.
   */
  default void interrupt(Runnable work) {
    loop().execute(work);
  }
}
