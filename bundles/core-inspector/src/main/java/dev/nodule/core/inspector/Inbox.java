package dev.nodule.core.inspector;

import dev.nodule.api.Callback;
import dev.nodule.api.ModuleContext;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The messages for one realm. Its thread takes them where it waits for a debugger; else the loop
 * does, and where JavaScript runs for so long that the loop does not come round, in its middle.
 */
final class Inbox {
  private static final long PATIENCE_MILLIS = 1_000;

  private final ModuleContext context;
  private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private volatile @Nullable Callback drain;

  Inbox(ModuleContext context) {
    this.context = context;
  }

  void onArrival(Callback newDrain) {
    drain = newDrain;
  }

  void add(Message message) {
    messages.add(message);
    if (drain == null) {
      return;
    }
    context.loop().execute(this::drainInLoop);
    Clock.TIMER.schedule(() -> interruptFor(message), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void interruptFor(Message message) {
    if (messages.contains(message)) {
      context.interrupt(this::drainNow);
    }
  }

  private void drainInLoop() {
    Callback known = drain;
    if (known != null && !messages.isEmpty()) {
      known.invoke();
    }
  }

  private void drainNow() {
    Callback known = drain;
    if (known != null && !messages.isEmpty()) {
      known.call(context.javaScript().undefined());
    }
  }

  @Nullable Message take(long millis) {
    try {
      return millis <= 0 ? messages.poll() : messages.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** One thread, started with the first message that arrives. */
  private static final class Clock {
    static final ScheduledExecutorService TIMER =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("nodule-inspector-clock").factory());
  }
}
