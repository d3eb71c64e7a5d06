package dev.nodule.core.process;

import dev.nodule.api.Callback;
import dev.nodule.api.EventLoop;
import dev.nodule.api.HandleTable;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Signals that JavaScript listens to. They do not keep the loop alive. The loop's table remembers,
 * for all revisions, what was there before each.
 */
final class SignalWatchers {
  private static final int EINVAL = 22;

  private final EventLoop loop;
  private final HandleTable<Map.Entry<Signal, SignalHandler>> watchers;

  SignalWatchers(EventLoop loop) {
    this.loop = loop;
    watchers = loop.table("process.signals");
  }

  /** A number for {@link #unwatch}, or a negated errno where the signal cannot be caught. */
  int watch(String name, Callback callback) {
    try {
      Signal signal = new Signal(name);
      return watchers.add(Map.entry(signal, handle(signal, callback)));
    } catch (IllegalArgumentException e) {
      return -EINVAL;
    }
  }

  /** Another callback for a watched signal; there is no moment without one. */
  void rewatch(int id, Callback callback) {
    Map.Entry<Signal, SignalHandler> watcher = watchers.get(id);
    if (watcher != null) {
      handle(watcher.getKey(), callback);
    }
  }

  private SignalHandler handle(Signal signal, Callback callback) {
    return Signal.handle(signal, received -> loop.execute(callback::invoke));
  }

  void unwatch(int id) {
    Map.Entry<Signal, SignalHandler> watcher = watchers.remove(id);
    if (watcher != null) {
      Signal.handle(watcher.getKey(), watcher.getValue());
    }
  }
}
