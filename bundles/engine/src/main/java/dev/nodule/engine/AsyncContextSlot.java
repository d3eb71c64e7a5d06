package dev.nodule.engine;

import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.JSAgent;
import com.oracle.truffle.js.runtime.Symbol;
import com.oracle.truffle.js.runtime.objects.AsyncContext;
import com.oracle.truffle.js.runtime.objects.Undefined;
import org.jspecify.annotations.Nullable;

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

  private static final Symbol OWNER =
      Symbol.create(
          TruffleString.fromJavaStringUncached(
              "nodule.callerAttribution", TruffleString.Encoding.UTF_16));

  private final JSAgent agent;

  AsyncContextSlot(JSAgent agent) {
    this.agent = agent;
  }

  Object get() {
    return agent.getAsyncContextMapping().getOrDefault(KEY, Undefined.instance);
  }

  void set(Object frame) {
    if (CallerAttribution.isOn()) {
      agent.asyncContextSwap(agent.getAsyncContextMapping().withMapping(KEY, frame));
      return;
    }
    agent.asyncContextSwap(
        frame == Undefined.instance
            ? AsyncContext.empty()
            : AsyncContext.empty().withMapping(KEY, frame));
  }

  /** For whom what is scheduled now is scheduled, null if that is nobody. */
  @Nullable Object owner() {
    return agent.getAsyncContextMapping().getOrDefault(OWNER, null);
  }

  /** Schedules for another owner from now on; gives the mapping of before. */
  Object swapOwner(Object owner) {
    return agent.asyncContextSwap(agent.getAsyncContextMapping().withMapping(OWNER, owner));
  }

  /** The whole mapping, opaque. */
  Object current() {
    return agent.getAsyncContextMapping();
  }

  Object swap(Object mapping) {
    return agent.asyncContextSwap((AsyncContext) mapping);
  }
}
