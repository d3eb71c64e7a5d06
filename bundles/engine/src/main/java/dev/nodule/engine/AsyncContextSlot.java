package dev.nodule.engine;

import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.JSAgent;
import com.oracle.truffle.js.runtime.Symbol;
import com.oracle.truffle.js.runtime.objects.AsyncContext;
import com.oracle.truffle.js.runtime.objects.Undefined;

/**
 * The one slot of asynchronous context that {@code AsyncLocalStorage} builds on. The engine's own
 * mapping carries it through promise reactions; callbacks carry it by {@link #current()} and {@link
 * #swap}.
 */
final class AsyncContextSlot {
  private static final Symbol KEY =
      Symbol.create(
          TruffleString.fromJavaStringUncached(
              "nodule.asyncContext", TruffleString.Encoding.UTF_16));

  private final JSAgent agent;

  AsyncContextSlot(JSAgent agent) {
    this.agent = agent;
  }

  Object get() {
    return agent.getAsyncContextMapping().getOrDefault(KEY, Undefined.instance);
  }

  void set(Object frame) {
    agent.asyncContextSwap(
        frame == Undefined.instance
            ? AsyncContext.empty()
            : AsyncContext.empty().withMapping(KEY, frame));
  }

  /** The whole mapping, opaque. */
  Object current() {
    return agent.getAsyncContextMapping();
  }

  Object swap(Object mapping) {
    return agent.asyncContextSwap((AsyncContext) mapping);
  }
}
