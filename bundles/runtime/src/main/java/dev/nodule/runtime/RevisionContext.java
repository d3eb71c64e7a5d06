package dev.nodule.runtime;

import dev.nodule.api.Callback;
import dev.nodule.api.Check;
import dev.nodule.api.EventLoop;
import dev.nodule.api.Handle;
import dev.nodule.api.HandleTable;
import dev.nodule.api.JavaScript;
import dev.nodule.api.ModuleContext;
import dev.nodule.api.ProcessInfo;
import dev.nodule.api.Threads;
import dev.nodule.api.Timer;
import dev.nodule.api.Transport;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What one revision sees of its realm, with a count of the handles that it has open. */
final class RevisionContext implements ModuleContext {
  private final ModuleContext realm;
  private final CountingLoop loop;
  private final AtomicInteger handles;
  private final WorkCounters counters;

  /**
   * @param handles the revision's open handles in all realms
   */
  RevisionContext(ModuleContext realm, AtomicInteger handles, WorkCounters counters) {
    this.realm = realm;
    this.handles = handles;
    this.counters = counters;
    loop = new CountingLoop(realm.loop(), handles);
  }

  @Override
  public JavaScript javaScript() {
    return realm.javaScript();
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public Threads threads() {
    return realm.threads();
  }

  @Override
  public ProcessInfo process() {
    return realm.process();
  }

  @Override
  public @Nullable Object blocking(
      @Nullable Callback callback, Callable<? extends @Nullable Object> work) {
    if (callback == null) {
      return realm.blocking(null, work);
    }
    handles.incrementAndGet();
    return realm.blocking(
        callback,
        () -> {
          boolean hasFailed = true;
          try {
            Object result = work.call();
            hasFailed = false;
            return result;
          } finally {
            handles.decrementAndGet();
            counters.ended(hasFailed);
          }
        });
  }

  private record CountingLoop(EventLoop loop, AtomicInteger handles) implements EventLoop {
    @Override
    public Handle open(String type) {
      return new CountedHandle(loop.open(type), handles);
    }

    @Override
    public boolean inLoop() {
      return loop.inLoop();
    }

    @Override
    public void execute(Runnable task) {
      loop.execute(task);
    }

    @Override
    public io.netty.channel.EventLoop netty() {
      return loop.netty();
    }

    @Override
    public Transport transport() {
      return loop.transport();
    }

    @Override
    public Executor workers() {
      return loop.workers();
    }

    @Override
    public <T> HandleTable<T> table(String name) {
      return loop.table(name);
    }

    @Override
    public long now() {
      return loop.now();
    }

    @Override
    public Timer newTimer(Runnable task) {
      return loop.newTimer(task);
    }

    @Override
    public Check setImmediate(Runnable task) {
      return loop.setImmediate(task);
    }

    @Override
    public long idleNanos() {
      return loop.idleNanos();
    }

    @Override
    public List<String> activeResources() {
      return loop.activeResources();
    }
  }

  /** Counts while it is active and not closed, as Node.js counts active handles. */
  private static final class CountedHandle implements Handle {
    private final Handle handle;
    private final AtomicInteger handles;
    private boolean counted;

    CountedHandle(Handle handle, AtomicInteger handles) {
      this.handle = handle;
      this.handles = handles;
      count(true);
    }

    private void count(boolean active) {
      if (counted != active) {
        counted = active;
        handles.addAndGet(active ? 1 : -1);
      }
    }

    @Override
    public String type() {
      return handle.type();
    }

    @Override
    public void setActive(boolean active) {
      if (!handle.isClosed()) {
        count(active);
      }
      handle.setActive(active);
    }

    @Override
    public void ref() {
      handle.ref();
    }

    @Override
    public void unref() {
      handle.unref();
    }

    @Override
    public boolean hasRef() {
      return handle.hasRef();
    }

    @Override
    public boolean isClosed() {
      return handle.isClosed();
    }

    @Override
    public void close(Runnable closed) {
      count(false);
      handle.close(closed);
    }
  }
}
