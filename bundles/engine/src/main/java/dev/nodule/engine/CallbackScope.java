package dev.nodule.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The border between the loop and JavaScript: each entry from the loop runs in a scope, and when
 * the outermost one ends, ticks and microtasks run (Node.js: InternalCallbackScope).
 */
public final class CallbackScope {
  private final Realm realm;
  private final RealmHooks hooks;
  private int depth;
  private volatile boolean ended;

  CallbackScope(Realm realm, RealmHooks hooks) {
    this.realm = realm;
    this.hooks = hooks;
  }

  /**
   * Runs JavaScript from the loop. What it throws goes to {@link RealmHooks#uncaught}; then the
   * result is null.
   */
  public <T extends @Nullable Object> @Nullable T run(Object asyncContext, Supplier<T> entry) {
    if (ended) {
      return null;
    }
    if (depth > 0) {
      return enter(asyncContext, entry);
    }
    try {
      return enter(asyncContext, entry);
    } catch (Error unwinding) {
      // The end of the realm in the middle of JavaScript; no business of the loop.
      if (ended) {
        return null;
      }
      throw unwinding;
    }
  }

  private <T extends @Nullable Object> @Nullable T enter(Object asyncContext, Supplier<T> entry) {
    Object previous = realm.asyncContext.swap(asyncContext);
    depth++;
    T result = null;
    try {
      result = entry.get();
    } catch (Throwable exception) {
      hooks.uncaught(exception);
    }
    if (depth == 1) {
      hooks.drain();
    }
    depth--;
    realm.asyncContext.swap(previous);
    return result;
  }

  /** {@link #run} in the asynchronous context of now. */
  public <T extends @Nullable Object> @Nullable T run(Supplier<T> entry) {
    return run(realm.asyncContext.current(), entry);
  }

  /** No JavaScript is entered from now on; what calls in gets null. From any thread. */
  public void end() {
    ended = true;
  }

  /** Runs the microtasks that are queued now and those that they queue. */
  public void drainMicrotasks() {
    realm.agent.processAllPromises(true);
  }
}
