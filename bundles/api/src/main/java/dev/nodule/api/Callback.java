package dev.nodule.api;

import org.jspecify.annotations.Nullable;

/** A JavaScript function held by Java. All methods run on the JavaScript thread of its realm. */
public interface Callback {
  /**
   * Calls the function as the event loop does: in the asynchronous context of its registration;
   * afterwards the {@code nextTick} queue and the microtasks run until both are empty. What it
   * throws goes to {@code uncaughtException} and not to the caller. Arguments are converted as
   * results of {@link NativeFunction} are.
   *
   * @return the function's result as the engine has it; null if it threw
   */
  @Nullable Object invoke(@Nullable Object... arguments);

  /** {@link #invoke} with a {@code this}. */
  @Nullable Object invokeOn(Object receiver, @Nullable Object... arguments);

  /**
   * Calls the function as JavaScript would in the middle of a native function: what it throws
   * passes on.
   */
  Object call(Object receiver, @Nullable Object... arguments);

  /** The function itself. */
  Object function();
}
