package dev.nodule.runtime;

import dev.nodule.api.Callback;
import dev.nodule.engine.CallbackScope;
import dev.nodule.engine.RealmHooks;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code process.nextTick}'s queue and the order at the end of each callback: all ticks, then all
 * microtasks, until both are empty; then rejections that nobody handled (Node.js:
 * processTicksAndRejections).
 */
final class TickQueue implements RealmHooks {
  private record Tick(Callback callback, Object[] arguments) {}

  private final ArrayDeque<Tick> ticks = new ArrayDeque<>();
  private Consumer<Throwable> uncaught = exception -> {};
  private BooleanSupplier rejections = () -> false;
  private @Nullable CallbackScope scope;

  void connect(
      CallbackScope callbackScope,
      Consumer<Throwable> uncaughtHandler,
      BooleanSupplier rejectionProcessor) {
    scope = callbackScope;
    uncaught = uncaughtHandler;
    rejections = rejectionProcessor;
  }

  void add(Callback callback, Object[] arguments) {
    ticks.add(new Tick(callback, arguments));
  }

  @Override
  public void drain() {
    CallbackScope microtasks = Objects.requireNonNull(scope);
    do {
      Tick tick;
      while ((tick = ticks.poll()) != null) {
        tick.callback.invoke(tick.arguments);
      }
      microtasks.drainMicrotasks();
    } while (!ticks.isEmpty() || rejections.getAsBoolean());
  }

  @Override
  public void uncaught(Throwable exception) {
    uncaught.accept(exception);
  }
}
