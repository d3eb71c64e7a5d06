package dev.nodule.engine;

import com.oracle.truffle.js.runtime.JSAgent;
import com.oracle.truffle.js.runtime.JSAgentWaiterList.JSAgentWaiterListEntry;
import com.oracle.truffle.js.runtime.JSAgentWaiterList.WaiterRecord;
import com.oracle.truffle.js.runtime.Strings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One JavaScript thread, as the engine's shared memory knows it: it may wait, and be woken. */
final class RealmAgent extends JSAgent {
  volatile Runnable whenWoken = () -> {};

  /** Promises of {@code Atomics.waitAsync} with a limit of time, and what ends each. */
  private final Map<WaiterRecord, Future<?>> limits = new ConcurrentHashMap<>();

  RealmAgent() {
    super(true);
  }

  @Override
  public void wake() {
    whenWoken.run();
  }

  /**
   * The engine wakes nobody for a waiter whose time is limited, neither when it is notified nor
   * when its time is over: it looks after it only when this thread runs something anyway. So such a
   * waiter becomes one without a limit, and a timer ends it.
   */
  @Override
  public void enqueueWaitAsyncPromiseJob(WaiterRecord waiter) {
    if (Double.isInfinite(waiter.getTimeout())) {
      Future<?> limit = limits.remove(waiter);
      if (limit != null) {
        limit.cancel(false);
      }
      super.enqueueWaitAsyncPromiseJob(waiter);
      return;
    }
    JSAgentWaiterListEntry list = waiter.getWaiterListEntry();
    WaiterRecord unlimited =
        WaiterRecord.create(
            waiter.getAgentSignifier(),
            waiter.getPromiseCapability(),
            Double.POSITIVE_INFINITY,
            waiter.getResult(),
            list,
            this);
    // The caller holds the list's lock and has just added the waiter: nobody has seen it.
    list.remove(waiter);
    list.add(unlimited);
    limits.put(
        unlimited,
        Limits.TIMER.schedule(
            () -> timeOut(unlimited),
            (long) Math.ceil(waiter.getTimeout()),
            TimeUnit.MILLISECONDS));
  }

  private static void timeOut(WaiterRecord waiter) {
    JSAgentWaiterListEntry list = waiter.getWaiterListEntry();
    list.enterCriticalSection();
    try {
      if (list.remove(waiter)) {
        waiter.setResult(Strings.TIMED_OUT);
        waiter.setNotified();
        waiter.enqueueInAgent();
      }
    } finally {
      list.leaveCriticalSection();
    }
  }

  /** What no longer waits is woken no more, and kept by no timer. */
  void close() {
    whenWoken = () -> {};
    limits.values().forEach(limit -> limit.cancel(false));
    limits.clear();
  }

  /** One thread for all, started when the first waits for a limited time. */
  private static final class Limits {
    static final ScheduledThreadPoolExecutor TIMER = timer();

    private static ScheduledThreadPoolExecutor timer() {
      ScheduledThreadPoolExecutor timer =
          new ScheduledThreadPoolExecutor(
              1, Thread.ofPlatform().daemon().name("nodule-atomics").factory());
      timer.setRemoveOnCancelPolicy(true);
      return timer;
    }
  }
}
