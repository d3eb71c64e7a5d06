package dev.nodule.core.process;

import dev.nodule.api.Callback;
import dev.nodule.api.EventLoop;
import java.util.HashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Signals that JavaScript listens to. They do not keep the loop alive. */
final class SignalWatchers {
  private static final int EINVAL = 22;

  private record Watcher(Signal signal, SignalHandler previous) {}

  private final EventLoop loop;
  private final Map<Integer, Watcher> watchers = new HashMap<>();
  private int last;

  SignalWatchers(EventLoop loop) {
    this.loop = loop;
  }

  /** A number for {@link #unwatch}, or a negated errno where the signal cannot be caught. */
  int watch(String name, Callback callback) {
    try {
      Signal signal = new Signal(name);
      SignalHandler previous = Signal.handle(signal, received -> loop.execute(callback::invoke));
      watchers.put(++last, new Watcher(signal, previous));
      return last;
    } catch (IllegalArgumentException e) {
      return -EINVAL;
    }
  }

  void unwatch(int id) {
    Watcher watcher = watchers.remove(id);
    if (watcher != null) {
      Signal.handle(watcher.signal, watcher.previous);
    }
  }
}
