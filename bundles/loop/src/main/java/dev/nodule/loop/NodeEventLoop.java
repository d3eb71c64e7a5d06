package dev.nodule.loop;

import dev.nodule.api.Check;
import dev.nodule.api.EventLoop;
import dev.nodule.api.Handle;
import dev.nodule.api.HandleTable;
import dev.nodule.api.Timer;
import dev.nodule.api.Transport;
import io.netty.channel.ManualIoEventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * libuv's loop on Netty: each turn runs the timers that are due, polls (Netty's I/O and the tasks
 * of other threads, on this very thread), runs the immediates and the close callbacks. It ends when
 * nothing that is referenced is active. See docs/event-loop.md.
 */
public final class NodeEventLoop implements EventLoop {
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Thread thread = Thread.currentThread();
  private final Transports transports = Transports.choose();
  private final ManualIoEventLoop netty = new ManualIoEventLoop(thread, transports.handlers());
  private final Executor workers;
  private final TimerQueue timers = new TimerQueue(this);
  private final CheckQueue checks = new CheckQueue();
  private final Set<LoopHandle> retained = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, HandleTable<?>> tables = new HashMap<>();
  private ArrayDeque<Runnable> closing = new ArrayDeque<>();
  private final long origin = System.nanoTime();
  private long now;
  private long idleNanos;
  private volatile boolean stopped;
  private volatile boolean closed;

  /** A loop whose thread is the calling one. */
  public NodeEventLoop(Executor workers) {
    this.workers = workers;
  }

  /** Runs until nothing is alive, or {@link #stop()}. */
  public void run() {
    updateTime();
    while (!stopped && isAlive()) {
      turn(true);
    }
  }

  /** Runs one turn; it waits for events only if {@code mayWait} and nothing else is to be done. */
  public void turn(boolean mayWait) {
    updateTime();
    timers.runDue();
    poll(mayWait);
    checks.run();
    runClosing();
  }

  private void poll(boolean mayWait) {
    long wait = mayWait ? pollNanos() : 0;
    if (wait <= 0) {
      netty.runNow(0);
    } else {
      long start = System.nanoTime();
      netty.run(wait, 0);
      idleNanos += Math.max(0, System.nanoTime() - start);
    }
    updateTime();
  }

  private long pollNanos() {
    if (!checks.isEmpty() || !closing.isEmpty() || stopped || !isAlive()) {
      return 0;
    }
    long next = timers.nextTime();
    if (next == Long.MAX_VALUE) {
      return Long.MAX_VALUE / 4;
    }
    long nanos = TimeUnit.MILLISECONDS.toNanos(next) - (System.nanoTime() - origin);
    return Math.max(0, nanos);
  }

  private void runClosing() {
    if (closing.isEmpty()) {
      return;
    }
    ArrayDeque<Runnable> due = closing;
    closing = new ArrayDeque<>();
    due.forEach(Runnable::run);
  }

  /** Whether something referenced is active. */
  public boolean isAlive() {
    return !retained.isEmpty()
        || timers.referenced() > 0
        || checks.referenced() > 0
        || !closing.isEmpty();
  }

  /** Ends {@link #run()} after this turn. */
  public void stop() {
    stopped = true;
    netty.wakeup();
  }

  public boolean isStopped() {
    return stopped;
  }

  /**
   * Closes every channel of this loop, for a realm whose process lives on. On the loop's thread,
   * when nothing runs on it any more.
   */
  public void close() {
    stopped = true;
    netty.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    long end = System.nanoTime() + CLOSE_NANOS;
    while (!netty.isTerminated() && System.nanoTime() < end) {
      netty.runNow(0);
    }
    closed = true;
  }

  void updateTime() {
    now = (System.nanoTime() - origin) / 1_000_000;
  }

  void retain(LoopHandle handle) {
    retained.add(handle);
  }

  void release(LoopHandle handle) {
    retained.remove(handle);
  }

  void addClosing(Runnable task) {
    closing.add(task);
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void execute(Runnable task) {
    if (closed) {
      // What a worker finished for a realm that has ended.
      return;
    }
    try {
      netty.execute(task);
    } catch (RejectedExecutionException e) {
      // The realm of another thread ended meanwhile.
      if (!stopped) {
        throw e;
      }
    }
  }

  @Override
  public io.netty.channel.EventLoop netty() {
    return netty;
  }

  @Override
  public Transport transport() {
    return transports.transport();
  }

  @Override
  public Executor workers() {
    return workers;
  }

  @Override
  public Handle open(String type) {
    return new LoopHandle(this, type);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> HandleTable<T> table(String name) {
    return (HandleTable<T>) tables.computeIfAbsent(name, key -> new HandleTable<>());
  }

  /** How many handles keep the loop alive; from any thread, a little old. */
  public int aliveHandles() {
    return retained.size();
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public Timer newTimer(Runnable task) {
    return timers.newTimer(task);
  }

  @Override
  public Check setImmediate(Runnable task) {
    return checks.add(task);
  }

  @Override
  public long idleNanos() {
    return idleNanos;
  }

  /** Nanoseconds since this loop was made. */
  public long ageNanos() {
    return System.nanoTime() - origin;
  }

  @Override
  public List<String> activeResources() {
    List<String> types = new ArrayList<>();
    retained.forEach(handle -> types.add(handle.type()));
    Collections.sort(types);
    for (int i = 0; i < timers.referenced(); i++) {
      types.add("Timeout");
    }
    for (int i = 0; i < checks.referenced(); i++) {
      types.add("Immediate");
    }
    return types;
  }
}
